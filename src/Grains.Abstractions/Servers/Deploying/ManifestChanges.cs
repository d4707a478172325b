using System.Text.Json.Serialization;
using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>
/// What a manifest has otherwise than another: <c>tools/add</c>, <c>prompts/greet</c>, <c>instructions</c>.
/// </summary>
[Wire("manifest-changes", 1)]
public sealed record ManifestChanges
{
    public IReadOnlyList<string> Added { get; init; } = [];

    public IReadOnlyList<string> Removed { get; init; } = [];

    public IReadOnlyList<string> Changed { get; init; } = [];

    [JsonIgnore]
    public bool Any => Added.Count + Removed.Count + Changed.Count > 0;
}
