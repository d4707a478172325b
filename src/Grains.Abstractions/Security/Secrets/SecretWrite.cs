using Smcp.Servers;
using Smcp.Wire;

namespace Smcp.Security.Secrets;

/// <summary>What a secret is to be.</summary>
[Wire("secret-write", 1)]
public sealed record SecretWrite
{
    /// <summary>Its name, as <see cref="SecretName"/> says.</summary>
    public required string Name { get; init; }

    /// <summary>Its value, 1 byte of UTF-8 and more; null: the one it has.</summary>
    public string? Value { get; init; }

    /// <summary>The servers it is granted to, at most 200; null: those it has, at first none.</summary>
    public IReadOnlyList<ServerId>? Servers { get; init; }

    /// <summary>Without the value: whatever prints messages prints this.</summary>
    public override string ToString() => $"SecretWrite {{ Name = {Name} }}";
}
