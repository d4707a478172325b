using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>What a server is composed of (<see cref="RuntimeKind.Virtual"/>).</summary>
[Wire("virtual-settings", 1)]
public sealed record VirtualSettings
{
    /// <summary>
    /// Servers of the same tenant, in order: of two that have the same resource, the first serves it. None of them is
    /// itself a virtual one.
    /// </summary>
    public IReadOnlyList<VirtualMember> Members { get; init; } = [];

    /// <summary>What it tells its clients' models about itself.</summary>
    public string? Instructions { get; init; }
}
