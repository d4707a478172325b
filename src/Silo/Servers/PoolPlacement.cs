using Orleans.Placement;

namespace Smcp.Servers;

/// <summary>
/// Names <see cref="PoolPlacementDirector"/> in what Orleans knows of a grain type; it comes after that of versions.
/// </summary>
internal sealed class PoolPlacement() : PlacementFilterStrategy(order: 1);
