using System.Globalization;

namespace Smcp.Providers;

/// <summary>One reminder, as the store has it.</summary>
internal sealed record StoredReminder
{
    public required string Grain { get; init; }

    public required string Name { get; init; }

    public DateTime StartAt { get; init; }

    public TimeSpan Period { get; init; }

    public long Tag { get; init; }

    public ReminderEntry ToEntry() => new()
    {
        GrainId = GrainId.Parse(Grain),
        ReminderName = Name,
        StartAt = Member.Utc(StartAt),
        Period = Period,
        ETag = Tag.ToString(CultureInfo.InvariantCulture),
    };
}
