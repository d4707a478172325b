using Smcp.Identity;
using Smcp.Quotas;
using Smcp.Runtimes.CSharp;
using Smcp.Samples.Notes;

namespace Smcp.ResourceServer;

/// <summary>The product with the server <c>notes</c>, for the members of its tenant.</summary>
internal static class ResourceServerHost
{
    public static Task<SecurityHost> StartAsync(params (string Key, string Value)[] settings) =>
        SecurityHost.StartAsync(
            services => services.AddQuotas().AddCSharpServers(typeof(NotesServer).Assembly), settings);

    /// <summary>A new API key of the default tenant.</summary>
    public static async Task<ApiKeyIssued> IssueAsync(SecurityHost host, string role, params string[] scopes)
    {
        var issued = await host.Grains.Locate<IApiKeysGrain>("default").CreateAsync(
            SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*"),
            new ApiKeyRequest { Name = role, Roles = [role], Scopes = scopes },
            default);
        Assert.Null(issued.Fault);
        return issued;
    }

    public static async Task<string> KeyAsync(SecurityHost host, string role, params string[] scopes) =>
        (await IssueAsync(host, role, scopes)).Text!;
}
