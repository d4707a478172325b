namespace Smcp.Storage;

/// <summary>
/// Holds the writer before its next batch, so that a test decides what stands in the queue meanwhile.
/// </summary>
internal sealed class WriterGate : IWriterFailpoint, IDisposable
{
    private readonly ManualResetEventSlim _open = new(true);
    private readonly SemaphoreSlim _held = new(0);

    public List<int> Batches { get; } = [];

    public void Close() => _open.Reset();

    public void Open() => _open.Set();

    /// <summary>Completes when the writer stands before a closed gate.</summary>
    public async Task HeldAsync() =>
        Assert.True(await _held.WaitAsync(TimeSpan.FromSeconds(30)), "The writer was awaited at the closed gate.");

    public void Reach(WriterPoint point, IReadOnlyList<StorageWrite> batch)
    {
        if (point == WriterPoint.Taken)
        {
            Batches.Add(batch.Count);
            if (!_open.IsSet)
            {
                _held.Release();
                _open.Wait();
            }
        }
    }

    public void Dispose()
    {
        _open.Dispose();
        _held.Dispose();
    }
}
