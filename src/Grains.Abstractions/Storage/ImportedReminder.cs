using Smcp.Wire;

namespace Smcp.Storage;

/// <summary>One reminder of another store.</summary>
[Wire("imported-reminder", 1)]
public sealed record ImportedReminder(
    string GrainType, string GrainKey, string Name, DateTimeOffset DueAt, TimeSpan Period);
