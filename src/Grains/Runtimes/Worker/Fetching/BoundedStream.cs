using Smcp.Storage;

namespace Smcp.Runtimes.Worker.Fetching;

/// <summary>Reads another, which it does not own, and breaks off where that has more bytes than it may.</summary>
internal sealed class BoundedStream(Stream inner, long bytesMax) : ForwardStream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _read += read;
        return _read > bytesMax ? throw new IOException("There is more of it than may be.") : read;
    }
}
