using Smcp.Servers;

namespace Smcp.Admin;

/// <summary>What a secret is to be; its name stands in the path.</summary>
internal sealed record SecretText
{
    /// <summary>Its value; without one it keeps the one it has.</summary>
    public string? Value { get; init; }

    /// <summary>The servers it is granted to; without them it keeps those it has, at first none.</summary>
    public IReadOnlyList<ServerId>? Servers { get; init; }

    /// <summary>Without the value: whatever prints bodies prints this.</summary>
    public override string ToString() => nameof(SecretText);
}
