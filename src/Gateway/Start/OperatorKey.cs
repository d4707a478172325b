using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Start;

/// <summary>
/// The operators' first key: at the first start of an empty store it is written to a file that only the process' user
/// can read. It is never printed.
/// </summary>
public static class OperatorKey
{
    public const string FileName = "operator.key";

    /// <summary>Where the key was written; null where the operators have theirs.</summary>
    /// <param name="services">Of the gateway.</param>
    /// <param name="path">The file.</param>
    /// <param name="replaces">Whether another key is issued in the place of the one before.</param>
    public static async Task<string?> IssueAsync(IServiceProvider services, string path, bool replaces)
    {
        if (!replaces && File.Exists(path))
        {
            return null;
        }

        var keys = services.GetRequiredService<IGrainLocator>().Locate<IApiKeysGrain>(TenantId.Platform.ToString());
        var issued = await keys.IssueOperatorKeyAsync(replaces, CancellationToken.None);
        if (issued.Text is not { } text)
        {
            return null;
        }

        SecretFile.Write(path, text + "\n");
        return path;
    }
}
