using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>One record of a tenant's directory: who has a login name, and who they are at the provider.</summary>
[Wire("user-directory-entry", 1)]
internal sealed record DirectoryEntry : ILogMapEntry
{
    public required LoginName LoginName { get; init; }

    public required UserId User { get; init; }

    /// <summary>The provider that logs them in; null without one.</summary>
    public string? Issuer { get; init; }

    /// <summary>Who they are there.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether the name is free again.</summary>
    public bool IsRemoved { get; init; }

    string ILogMapEntry.MapKey => LoginName.ToString();

    bool ILogMapEntry.IsRemoval => IsRemoved;
}
