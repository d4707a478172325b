using Smcp.Wire;

namespace Smcp.Engine;

/// <summary>The state of the contract's grain.</summary>
[Wire("contract-state", 1)]
public sealed record ContractState
{
    public int Value { get; init; }
}
