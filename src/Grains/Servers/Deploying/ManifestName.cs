using System.Globalization;

namespace Smcp.Servers.Deploying;

/// <summary>How the manifest of a version is called among what is kept of a server's versions.</summary>
internal static class ManifestName
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"manifest-{version}");
}
