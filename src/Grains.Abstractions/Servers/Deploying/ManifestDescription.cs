using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>What a version was found to offer, for who may approve it; or why it is not told.</summary>
[Wire("manifest-description", 1)]
public sealed record ManifestDescription
{
    /// <summary>The hash of <see cref="Manifest"/>: what is approved.</summary>
    public string? Hash { get; init; }

    /// <summary>The hash that was approved; null for none.</summary>
    public string? Approved { get; init; }

    /// <summary>Canonical JSON: instructions, tools, prompts, resources, resource templates.</summary>
    public ReadOnlyMemory<byte> Manifest { get; init; }

    /// <summary>The version that serves now, which it is compared with; null for none.</summary>
    public long? ComparedWith { get; init; }

    /// <summary>What is otherwise than in that version's.</summary>
    public ManifestChanges Changes { get; init; } = new();

    public McpFault? Fault { get; init; }

    public static ManifestDescription Refused(McpFault fault) => new() { Fault = fault };
}
