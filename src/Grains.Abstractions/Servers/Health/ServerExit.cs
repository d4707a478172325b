using System.Globalization;
using System.Text.Json.Serialization;
using Smcp.Wire;

namespace Smcp.Servers.Health;

/// <summary>How a process of a server ended.</summary>
[Wire("server-exit", 1)]
public sealed record ServerExit
{
    private const int Signals = 128;

    public required ExitReason Reason { get; init; }

    /// <summary>With <see cref="ExitReason.Crashed"/>: its exit code; null where a signal ended it.</summary>
    public int? Code { get; init; }

    /// <summary>With <see cref="ExitReason.Crashed"/>: the number of the signal that ended it.</summary>
    public int? Signal { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The same in words.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>
    /// Whether it counts against the server: neither that it had nothing to do nor that the host failed does.
    /// </summary>
    [JsonIgnore]
    public bool IsHarm => Reason is not (ExitReason.Idle or ExitReason.EndedByHost);

    /// <param name="reason">Why.</param>
    /// <param name="status">The exit code; 128 and the signal where one ended it, as a shell says it.</param>
    /// <param name="at">When.</param>
    public static ServerExit Of(ExitReason reason, int status, DateTimeOffset at)
    {
        var isSignal = reason == ExitReason.Crashed && status > Signals;
        var exit = new ServerExit
        {
            Reason = reason,
            Code = reason == ExitReason.Crashed && !isSignal ? status : null,
            Signal = isSignal ? status - Signals : null,
            At = at,
        };
        return exit with { Text = exit.Words() };
    }

    private string Words() => Reason switch
    {
        ExitReason.OutOfMemory => "It took more memory than it may, and was ended.",
        ExitReason.CpuTime => "A call took more processor time than it may; the process was ended.",
        ExitReason.CallTime => "A call ran longer than it may; the process was ended.",
        ExitReason.NoAnswer => "It did not answer a check, and was ended.",
        ExitReason.EndedByHost => "The host ended it.",
        ExitReason.Idle => "It had nothing to do.",
        _ when Signal is { } signal => string.Create(
            CultureInfo.InvariantCulture, $"It crashed: ended by signal {signal}{NameOf(signal)}."),
        _ => string.Create(CultureInfo.InvariantCulture, $"It ended by itself with exit code {Code ?? -1}."),
    };

    private static string NameOf(int signal) => signal switch
    {
        4 => " (illegal instruction)",
        6 => " (abort)",
        8 => " (arithmetic)",
        9 => " (kill)",
        11 => " (memory fault)",
        15 => " (terminate)",
        31 => " (forbidden system call)",
        _ => string.Empty,
    };
}
