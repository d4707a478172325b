using Microsoft.Extensions.DependencyInjection;
using Smcp.Configuration;
using Smcp.Engine;

namespace Smcp.Tasks;

internal static class TasksRegistration
{
    /// <summary>Adds tasks: calls that their clients poll for.</summary>
    public static IServiceCollection AddTasks(this IServiceCollection services)
    {
        services.AddSection<TaskOptions>("Smcp:Tasks");
        return services.AddGrain<ITaskGrain, TaskGrain>().AddGrain<ITaskListGrain, TaskListGrain>();
    }
}
