using Orleans.Placement;

namespace Smcp.Servers;

/// <summary>Of the silos that a grain can be on, those that <see cref="VersionPlacementDirector"/> leaves.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class VersionPlacementAttribute() : PlacementFilterAttribute(new VersionPlacement());
