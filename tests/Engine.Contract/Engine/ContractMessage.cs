using Smcp.Wire;

namespace Smcp.Engine;

/// <summary>A message of the contract's grain.</summary>
[Wire("contract-message", 1)]
public sealed record ContractMessage
{
    public required string Text { get; init; }

    public int Value { get; init; }

    public IReadOnlyList<string> Items { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }
}
