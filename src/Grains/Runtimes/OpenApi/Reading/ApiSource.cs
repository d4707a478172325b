using Smcp.Servers;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>What tools are made of.</summary>
/// <param name="Settings">How.</param>
/// <param name="Egress">Which hosts of the description may be used.</param>
/// <param name="RequireTls">Whether only https is.</param>
/// <param name="Options">The limits.</param>
internal sealed record ApiSource(
    OpenApiSettings Settings, IReadOnlyList<string> Egress, bool RequireTls, OpenApiRuntimeOptions Options);
