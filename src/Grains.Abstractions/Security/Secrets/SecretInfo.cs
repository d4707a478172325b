using Smcp.Servers;
using Smcp.Wire;

namespace Smcp.Security.Secrets;

/// <summary>What may be known of a secret.</summary>
[Wire("secret-info", 1)]
public sealed record SecretInfo
{
    public required string Name { get; init; }

    /// <summary>Counts its values: 1 and more.</summary>
    public long Version { get; init; }

    /// <summary>When its value or its servers last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The servers it is granted to.</summary>
    public IReadOnlyList<ServerId> Servers { get; init; } = [];
}
