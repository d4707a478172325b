using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>
/// A tool or prompt of a member as a virtual server shows it. What is null stands as the member says it.
/// </summary>
[Wire("virtual-item", 1)]
public sealed record VirtualItem
{
    /// <summary>Its name at the member.</summary>
    public required string Name { get; init; }

    /// <summary>Its whole name here, in the place of the prefixed one.</summary>
    public string? As { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    /// <summary>
    /// A raw JSON object of arguments that are always these: clients neither see nor set them. Empty: none.
    /// </summary>
    public ReadOnlyMemory<byte> Arguments { get; init; }
}
