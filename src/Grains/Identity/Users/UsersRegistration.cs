using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Engine;
using Smcp.Identity.Federation;
using Smcp.Security.Access;

namespace Smcp.Identity.Users;

/// <summary>Registers users and their browser sessions.</summary>
public static class UsersRegistration
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddSection<PasswordOptions>("Smcp:Passwords");
        services.AddSection<UserOptions>("Smcp:Users");
        services.AddAccess();
        services.AddSecretDigests();
        services.TryAddSingleton<UserAudit>();
        services.TryAddSingleton<PasswordHasher>();
        return services
            .AddFederation()
            .AddGrain<IUserGrain, UserGrain>()
            .AddGrain<IUserDirectoryGrain, UserDirectoryGrain>()
            .AddGrain<ILoginGrain, LoginGrain>()
            .AddGrain<IBrowserSessionGrain, BrowserSessionGrain>();
    }
}
