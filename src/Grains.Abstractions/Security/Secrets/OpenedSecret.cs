using Smcp.Wire;

namespace Smcp.Security.Secrets;

/// <summary>A secret on its way to the server that it is granted to.</summary>
[Wire("secret-opened", 1)]
public sealed record OpenedSecret
{
    public required string Name { get; init; }

    public required string Value { get; init; }

    /// <summary>Without the value: whatever prints messages prints this.</summary>
    public override string ToString() => $"OpenedSecret {{ Name = {Name} }}";
}
