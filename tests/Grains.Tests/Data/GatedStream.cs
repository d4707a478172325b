namespace Smcp.Data;

/// <summary>A stream that stops after its first two thirds until it is told to go on, and then ends or fails.</summary>
internal sealed class GatedStream(byte[] content) : UnknownLength(content)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = content.Length * 2 / 3;

    public bool Fails { get; init; }

    /// <summary>Completes when the reader waits.</summary>
    public Task Reached => _reached.Task;

    public void GoOn() => _gate.SetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0)
        {
            _reached.TrySetResult();
            await _gate.Task;
            return Fails ? throw new IOException("The source broke.") : await base.ReadAsync(buffer, cancellationToken);
        }

        var count = await base.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
        _left -= count;
        return count;
    }
}
