using Smcp.Identity;
using Smcp.Servers.Health;

namespace Smcp.Runtimes;

/// <summary>Something that tells how a server is. It holds no argument, no result and no secret.</summary>
public sealed record RuntimeNote(RuntimeNoteKind Kind)
{
    public static RuntimeNote Started { get; } = new(RuntimeNoteKind.Started);

    public static RuntimeNote Well { get; } = new(RuntimeNoteKind.Well);

    public static RuntimeNote Rests { get; } = new(RuntimeNoteKind.Rests);

    /// <summary>
    /// With <see cref="RuntimeNoteKind.Ended"/>: how; null where it was ended because nobody needed it. With
    /// <see cref="RuntimeNoteKind.Failing"/>: how a process is about to end that did not answer.
    /// </summary>
    public ServerExit? Exit { get; init; }

    /// <summary>With <see cref="RuntimeNoteKind.Failing"/>: why, in words for the server's tenant.</summary>
    public string? Text { get; init; }

    /// <summary>With an exit: whom alone the process served; null where it served more than one.</summary>
    public PrincipalId? Served { get; init; }

    public static RuntimeNote Ended(ServerExit? exit) => new(RuntimeNoteKind.Ended) { Exit = exit };

    public static RuntimeNote Failing(string text) => new(RuntimeNoteKind.Failing) { Text = text };
}
