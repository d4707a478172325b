using Orleans.Placement;

namespace Smcp.Servers;

/// <summary>Of the silos that a grain can be on, those that <see cref="PoolPlacementDirector"/> leaves.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PoolPlacementAttribute() : PlacementFilterAttribute(new PoolPlacement());
