using Smcp.Wire;

namespace Smcp.Tasks;

/// <summary>A task of a list. <see cref="Number"/> orders the list, and is what a cursor names.</summary>
[Wire("task-list-entry", 1)]
internal sealed record TaskListEntry(long Number, TaskId Task, DateTimeOffset ExpiresAt);
