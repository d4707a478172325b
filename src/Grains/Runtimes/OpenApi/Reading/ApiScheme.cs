using Smcp.Servers;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>A security scheme that a credential was given for.</summary>
/// <param name="Kind">How it is shown.</param>
/// <param name="Parameter">The header, query parameter or cookie; for the others the header.</param>
/// <param name="Credential">Which secrets it is made of.</param>
internal sealed record ApiScheme(ApiSchemeKind Kind, string Parameter, OpenApiCredential Credential)
{
    /// <summary>Where a token is asked for.</summary>
    public Uri? TokenUrl { get; init; }
}
