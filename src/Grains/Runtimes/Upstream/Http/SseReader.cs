using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>Reads server-sent events (HTML, section 9.2) from a stream; an event is bounded in its bytes.</summary>
internal sealed class SseReader : IAsyncDisposable
{
    private const int BufferBytes = 16_384;
    private const int IdCharsMax = 1_024;

    private readonly PipeReader _reader;
    private readonly ArrayBufferWriter<byte> _data = new();
    private readonly int _bytesMax;
    private string? _id;
    private TimeSpan? _retry;
    private string? _name;
    private bool _begun;
    private bool _skipLineFeed;

    public SseReader(Stream stream, int bytesMax)
    {
        _bytesMax = bytesMax;
        _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferBytes));
    }

    /// <summary>The next event that says anything; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The event is larger than the bound.</exception>
    public async ValueTask<SseEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        var scanned = 0L;
        while (true)
        {
            var read = await _reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (TryTakeLine(ref buffer, ref scanned, out var line))
            {
                if (Take(line) is { } complete)
                {
                    _reader.AdvanceTo(buffer.Start);
                    return complete;
                }
            }

            if (scanned + _data.WrittenCount > _bytesMax)
            {
                throw TooLarge();
            }

            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _reader.CompleteAsync();

    /// <summary>A line ends by CR, LF or both.</summary>
    private bool TryTakeLine(ref ReadOnlySequence<byte> buffer, ref long scanned, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (_skipLineFeed && buffer.Length > 0)
        {
            _skipLineFeed = false;
            buffer = buffer.FirstSpan[0] == (byte)'\n' ? buffer.Slice(1) : buffer;
        }

        var rest = new SequenceReader<byte>(buffer.Slice(scanned));
        if (!rest.TryAdvanceToAny("\r\n"u8, advancePastDelimiter: false))
        {
            scanned = buffer.Length;
            return false;
        }

        line = buffer.Slice(0, rest.Position);
        rest.TryRead(out var ending);
        _skipLineFeed = ending == (byte)'\r';
        buffer = buffer.Slice(rest.Position);
        scanned = 0;
        return true;
    }

    private SseEvent? Take(ReadOnlySequence<byte> line)
    {
        if (line.IsEmpty)
        {
            return Dispatch();
        }

        var text = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (!_begun)
        {
            _begun = true;
            text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        }

        var colon = text.IndexOf((byte)':');
        var field = colon < 0 ? text : text[..colon];
        var value = colon < 0 ? default : text[(colon + 1)..];
        Field(field, value.StartsWith(" "u8) ? value[1..] : value);
        return null;
    }

    private void Field(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value)
    {
        if (field.SequenceEqual("data"u8))
        {
            if (_data.WrittenCount + value.Length > _bytesMax)
            {
                throw TooLarge();
            }

            _data.Write(_data.WrittenCount > 0 ? "\n"u8 : default);
            _data.Write(value);
        }
        else if (field.SequenceEqual("id"u8) && !value.Contains((byte)0) && value.Length <= IdCharsMax)
        {
            _id = Encoding.UTF8.GetString(value);
        }
        else if (field.SequenceEqual("event"u8) && value.Length <= IdCharsMax)
        {
            _name = Encoding.UTF8.GetString(value);
        }
        else if (field.SequenceEqual("retry"u8) && int.TryParse(
            value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            _retry = TimeSpan.FromMilliseconds(milliseconds);
        }
    }

    private SseEvent? Dispatch()
    {
        if (_data.WrittenCount == 0 && _id is null && _retry is null)
        {
            _name = null;
            return null;
        }

        var complete = new SseEvent(_id, _retry, _name, _data.WrittenSpan.ToArray());
        _data.ResetWrittenCount();
        _id = null;
        _retry = null;
        _name = null;
        return complete;
    }

    private InvalidDataException TooLarge() => new($"An event is larger than {_bytesMax} bytes.");
}
