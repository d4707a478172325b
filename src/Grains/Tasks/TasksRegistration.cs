using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;

namespace Smcp.Tasks;

internal static class TasksRegistration
{
    /// <summary>Adds tasks: calls that their clients poll for.</summary>
    public static IServiceCollection AddTasks(this IServiceCollection services)
    {
        services.AddOptions<TaskOptions>().ValidateDataAnnotations().ValidateOnStart();
        return services.AddGrain<ITaskGrain, TaskGrain>();
    }
}
