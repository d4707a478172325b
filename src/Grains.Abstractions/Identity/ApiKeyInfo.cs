using Smcp.Wire;

namespace Smcp.Identity;

/// <summary>What may be known of an API key: everything but the key.</summary>
[Wire("api-key-info", 1)]
public sealed record ApiKeyInfo
{
    /// <summary>Names the key; part of its text.</summary>
    public required string KeyId { get; init; }

    /// <summary>What its owner calls it; 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The last characters of the key.</summary>
    public required string Last4 { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public IReadOnlyList<string> Roles { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends; none for one that does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, to within the granularity of its recording; none for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Until when the key before the last rotation is still taken.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    public bool IsRevoked { get; init; }
}
