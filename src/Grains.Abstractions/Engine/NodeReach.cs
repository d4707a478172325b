namespace Smcp.Engine;

/// <summary>What grains may expect of the nodes around theirs.</summary>
/// <param name="HasOtherNodes">Whether a grain comes up on another node when this one stops.</param>
public sealed record NodeReach(bool HasOtherNodes);
