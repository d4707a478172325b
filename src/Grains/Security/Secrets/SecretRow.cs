using Smcp.Wire;

namespace Smcp.Security.Secrets;

/// <summary>One secret as it is stored: its value and who may have it are one row, and change together.</summary>
[Wire("secret", 1)]
internal sealed record SecretRow
{
    public required SecretInfo Info { get; init; }

    public required string Value { get; init; }

    /// <summary>Without the value: whatever prints states prints this.</summary>
    public override string ToString() => $"SecretRow {{ Name = {Info.Name} }}";
}
