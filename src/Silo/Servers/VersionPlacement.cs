using Orleans.Placement;

namespace Smcp.Servers;

/// <summary>Names <see cref="VersionPlacementDirector"/> in what Orleans knows of a grain type.</summary>
internal sealed class VersionPlacement() : PlacementFilterStrategy(order: 0);
