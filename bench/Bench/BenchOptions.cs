using System.Globalization;

namespace Smcp.Bench;

/// <summary>How long, how often, and what: the command line.</summary>
internal sealed record BenchOptions(bool IsQuick, bool IsCheck, IReadOnlyList<string> Only)
{
    /// <summary>What can be measured.</summary>
    public static IReadOnlyList<string> Measures { get; } =
    [
        "throughput", "identity", "noisy", "process", "worker", "remote", "instances", "attack", "cluster",
        "start", "worker-cold", "sessions", "streams", "load",
    ];

    /// <summary>Until all hot code of a server is compiled: a slow machine takes more than ten seconds.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(IsQuick ? 1 : 12);

    public TimeSpan Round => TimeSpan.FromSeconds(IsQuick ? 1 : 3);

    public int Rounds => IsQuick ? 1 : 5;

    public int ColdStarts => IsQuick ? 5 : 30;

    public int Instances => IsQuick ? 4 : 20;

    public TimeSpan Load => IsQuick ? TimeSpan.FromSeconds(30) : TimeSpan.FromMinutes(10);

    public int IdleSessions => IsQuick ? 500 : 10_000;

    public int OpenStreams => IsQuick ? 50 : 1_000;

    /// <summary>Null where a word of the command line is not known.</summary>
    public static BenchOptions? Parse(IReadOnlyList<string> args)
    {
        var only = Values(args, "--only");
        var connections = Values(args, "--connections");
        var counts = connections.Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var n) ? n : 0);
        var known = only.Count + connections.Count
            + args.Count(a => a is "--quick" or "--check" or "--only" or "--connections");
        if (known != args.Count || only.Except(Measures).Any() || counts.Any(n => n is < 1 or > 1000))
        {
            return null;
        }

        var options = new BenchOptions(args.Contains("--quick"), args.Contains("--check"), only);
        return connections.Count > 0 ? options with { Connections = [.. counts] } : options;
    }

    /// <summary>At how many connections throughput is measured: <c>--connections 1 16 64</c>.</summary>
    public IReadOnlyList<int> Connections { get; init; } = [1, 16, 64];

    /// <summary>Whether what was measured is the whole page of results.</summary>
    public bool IsWhole => IsLong && Only.Count == 0;

    /// <summary>Whether what was measured is as good as what stands there.</summary>
    public bool IsLong => this is { IsQuick: false, IsCheck: false, Connections.Count: 3 };

    public bool Wants(string measure) => Only.Count == 0 || Only.Contains(measure);

    private static List<string> Values(IReadOnlyList<string> args, string option) =>
    [
        .. args.SkipWhile(a => a != option).Skip(1).TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)),
    ];
}
