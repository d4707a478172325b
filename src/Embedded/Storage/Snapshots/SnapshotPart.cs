namespace Smcp.Storage.Snapshots;

/// <summary>A part of a store.</summary>
/// <param name="IsState">Which states, with their reminders.</param>
/// <param name="IsLog">Which logs, by name.</param>
public sealed record SnapshotPart(Predicate<StateAddress> IsState, Predicate<string> IsLog);
