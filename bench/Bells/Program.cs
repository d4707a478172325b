using Smcp.Bench;
using Smcp.Providers;
using Smcp.TestSupport;

// How late a bell is, for each that carries it: rung on one silo, heard at a gateway that is a client of both.
using var server = new PostgresServer();
Console.WriteLine("| bells | p50 ms | p90 ms | p99 ms | of the first |");
Console.WriteLine("|---|---|---|---|---|");
double? first = null;
foreach (var kind in (BellKind[])[BellKind.Postgres, BellKind.Memory])
{
    var late = await BellLatency.MeasureAsync(kind, server.NewDatabase());
    first ??= late.Median;
    Console.WriteLine(FormattableString.Invariant(
        $"| {kind} | {late.Median:F2} | {late.P90:F2} | {late.P99:F2} | {late.Median / first:F1} |"));
}
