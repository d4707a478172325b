namespace Smcp.Runtimes;

/// <summary>What a runtime notes of its server.</summary>
public enum RuntimeNoteKind
{
    /// <summary>A process of it was started.</summary>
    Started = 0,

    /// <summary>A process of it ended; the exit says how.</summary>
    Ended = 1,

    /// <summary>It cannot be used at the moment; the text says why.</summary>
    Failing = 2,

    /// <summary>It answers.</summary>
    Well = 3,

    /// <summary>It has processes of its own, and none runs.</summary>
    Rests = 4,
}
