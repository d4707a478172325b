namespace Smcp.Reminders;

/// <summary>Whose reminder it is, and which: the grain's type and key, and the reminder's name.</summary>
internal readonly record struct ReminderAddress(string GrainType, string GrainKey, string Name);
