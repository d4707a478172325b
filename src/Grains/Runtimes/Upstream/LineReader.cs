using System.Buffers;
using System.IO.Pipelines;

namespace Smcp.Runtimes.Upstream;

/// <summary>Reads lines of bounded length from a stream; no more is read ahead than one buffer.</summary>
internal sealed class LineReader : IAsyncDisposable
{
    private const int BufferBytes = 65_536;

    private readonly PipeReader _reader;
    private readonly int _bytesMax;

    public LineReader(Stream stream, int bytesMax)
    {
        _bytesMax = bytesMax;
        _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferBytes));
    }

    /// <summary>The next line, a copy that its reader owns; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The line is longer than the bound.</exception>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        var scanned = 0L;
        while (true)
        {
            var read = await _reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (buffer.Slice(scanned).PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                if (line.Length > _bytesMax)
                {
                    throw TooLong();
                }

                var copy = line.ToArray();
                _reader.AdvanceTo(buffer.GetPosition(1, end));
                return copy;
            }

            scanned = buffer.Length;
            if (scanned > _bytesMax)
            {
                throw TooLong();
            }

            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                // What stands behind the last line end is no whole message (stdio transport).
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _reader.CompleteAsync();

    private InvalidDataException TooLong() => new($"A line is longer than {_bytesMax} bytes.");
}
