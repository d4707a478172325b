using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;

namespace Smcp;

/// <summary>
/// The operators' first key: at the first start of an empty store it is written to a file that only the process' user
/// can read. It is never printed.
/// </summary>
internal static class OperatorKey
{
    public const string FileName = "operator.key";

    /// <summary>Where the key was written; null where the operators have theirs.</summary>
    public static async Task<string?> IssueAsync(WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<StandaloneOptions>>().Value;
        var path = Path.Combine(Path.GetFullPath(options.Data), FileName);
        var keys = app.Services.GetRequiredService<IGrainLocator>()
            .Locate<IApiKeysGrain>(TenantId.Platform.ToString());
        if (!options.NewOperatorKey && File.Exists(path))
        {
            return null;
        }

        var issued = await keys.IssueOperatorKeyAsync(options.NewOperatorKey, CancellationToken.None);
        if (issued.Text is not { } text)
        {
            return null;
        }

        SecretFile.Write(path, text + "\n");
        return path;
    }
}
