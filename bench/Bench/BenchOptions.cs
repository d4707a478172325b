namespace Smcp.Bench;

/// <summary>How long, how often, and what: the command line.</summary>
internal sealed record BenchOptions(bool IsQuick, IReadOnlyList<string> Only)
{
    public TimeSpan WarmUp => TimeSpan.FromSeconds(IsQuick ? 1 : 5);

    public TimeSpan Round => TimeSpan.FromSeconds(IsQuick ? 1 : 3);

    public int Rounds => IsQuick ? 1 : 3;

    public int IdleSessions => IsQuick ? 500 : 10_000;

    public int OpenStreams => IsQuick ? 50 : 1_000;

    public static BenchOptions Parse(IReadOnlyList<string> args) => new(
        args.Contains("--quick"),
        [.. args.SkipWhile(a => a != "--only").Skip(1).TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal))]);

    public bool Wants(string measure) => Only.Count == 0 || Only.Contains(measure);
}
