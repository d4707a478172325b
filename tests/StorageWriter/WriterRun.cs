using System.Text;

namespace Smcp.Storage;

/// <summary>
/// Writers that each go on where the store says they stopped, and say on the output what was acknowledged:
/// <c>s writer version</c>, <c>l writer last</c>, <c>t writer through</c>.
/// </summary>
internal sealed class WriterRun(SqliteStore store, Stream output)
{
    private readonly Lock _gate = new();
    private readonly SqliteGrainStorage _grains = new(store);
    private readonly SqliteLogStorage _logs = new(store);

    public Task RunAsync(int writers, int rounds) =>
        Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync(writer, rounds))));

    private async Task WriteAsync(int writer, int rounds)
    {
        var none = CancellationToken.None;
        var address = WriterContent.Address(writer);
        var log = WriterContent.Log(writer);
        var version = (await _grains.ReadAsync(address, none))?.Version ?? 0;
        var last = (await _logs.ExtentAsync(log, none)).Last;
        for (var round = 0; rounds == 0 || round < rounds; round++)
        {
            var state = WriterContent.State(writer, version + 1);
            version = await _grains.WriteAsync(address, state, version, none);
            Say($"s {writer} {version}\n");

            var records = Enumerable.Range(1, 1 + (round % 3))
                .Select(i => (ReadOnlyMemory<byte>)WriterContent.Record(writer, last + i)).ToArray();
            await _logs.AppendAsync(log, last + 1, records, none);
            last += records.Length;
            Say($"l {writer} {last}\n");

            if (round % 10 == 9)
            {
                await _logs.TrimAsync(log, last - 5, none);
                Say($"t {writer} {last - 5}\n");
            }
        }
    }

    /// <summary>One write(2) a line, so that a trace has it whole and where it happened.</summary>
    private void Say(string line)
    {
        lock (_gate)
        {
            output.Write(Encoding.ASCII.GetBytes(line));
            output.Flush();
        }
    }
}
