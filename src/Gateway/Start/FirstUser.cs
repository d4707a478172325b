using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Identity.Users;

namespace Smcp.Start;

/// <summary>
/// Who begins: as long as nobody has set a password, each start invites an administrator anew, and tells the person at
/// the terminal where to set it.
/// </summary>
public static class FirstUser
{
    private const string Name = "admin";

    public static async Task InviteAsync(IServiceProvider services)
    {
        var directory = services.GetRequiredService<IGrainLocator>()
            .Locate<IUserDirectoryGrain>(TenantId.Default.ToString());
        var outcome = await directory.InviteFirstAsync(
            new UserInvitation { LoginName = LoginName.Parse(Name), Roles = [BuiltInRoles.Admin.Name] }, default);
        if (outcome.Token is { } token)
        {
            var issuer = services.GetRequiredService<CanonicalUrls>().Issuer;
            Console.Out.WriteLine(
                $"First user: {Name}. Set the password at {issuer}/invitation?tenant={TenantId.Default}&token={token}");
        }
    }
}
