using System.Diagnostics;
using System.Globalization;
using System.Text;
using Smcp.CoreFloor;

// What the official SDK itself costs a tools/call, before anything of Smcp: the floor for C# tools.
const int CallsPerRound = 200_000;
const int Rounds = 3;
var parameters = Encoding.UTF8.GetBytes(
    $$$"""{"name":"echo","arguments":{"message":"{{{new string('x', 100)}}}"}}""");
var candidates = Candidates.All();

foreach (var candidate in candidates)
{
    await RunAsync(candidate, CallsPerRound);
}

Console.WriteLine("candidate                                     CPU us/call   bytes/call   (best of 3 rounds)");
foreach (var candidate in candidates)
{
    var best = (Cpu: double.MaxValue, Bytes: double.MaxValue);
    for (var round = 0; round < Rounds; round++)
    {
        var measured = await RunAsync(candidate, CallsPerRound);
        best = (Math.Min(best.Cpu, measured.Cpu), Math.Min(best.Bytes, measured.Bytes));
    }

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{candidate.Name,-45} {best.Cpu,11:F2} {best.Bytes,12:F0}"));
}

async Task<(double Cpu, double Bytes)> RunAsync(Candidate candidate, int calls)
{
    GC.Collect();
    using var process = Process.GetCurrentProcess();
    var cpu = process.TotalProcessorTime;
    var bytes = GC.GetTotalAllocatedBytes(precise: true);
    for (var call = 0; call < calls; call++)
    {
        await candidate.CallAsync(parameters);
    }

    process.Refresh();
    return (
        (process.TotalProcessorTime - cpu).TotalMicroseconds / calls,
        (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / calls);
}
