using Microsoft.Extensions.DependencyInjection;
using Smcp.Configuration;
using Smcp.Engine;
using Smcp.Security.Access;
using Smcp.Servers;

namespace Smcp.Sessions;

/// <summary>Registers sessions.</summary>
public static class SessionsRegistration
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddSection<SessionOptions>("Smcp:Sessions");
        return services.AddMovingInstances().AddAccess().AddGrain<ISessionGrain, SessionGrain>();
    }
}
