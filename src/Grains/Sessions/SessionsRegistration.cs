using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;

namespace Smcp.Sessions;

/// <summary>Registers sessions.</summary>
public static class SessionsRegistration
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddOptions<SessionOptions>().ValidateDataAnnotations().ValidateOnStart();
        return services.AddGrain<ISessionGrain, SessionGrain>();
    }
}
