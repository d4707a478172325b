namespace Smcp.Reminders;

/// <summary>A grain that is to be called at a time, and then every period.</summary>
internal sealed record Reminder(ReminderAddress Address, DateTimeOffset DueAt, TimeSpan Period);
