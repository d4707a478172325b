using System.Globalization;
using System.Text;

namespace Smcp.Bench.Load;

/// <summary>
/// Finds the end of one HTTP/1.1 answer in what a socket gave so far: by its Content-Length, or by the last chunk. No
/// more of HTTP is read than a load generator must.
/// </summary>
internal sealed class HttpAnswer
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] LastChunk = "\r\n0\r\n\r\n"u8.ToArray();

    private byte[] _buffer = new byte[16 * 1024];
    private int _filled;
    private int _end;
    private bool _isChunked;

    /// <summary>Where the next bytes of the socket go.</summary>
    public Span<byte> Free
    {
        get
        {
            if (_filled == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            return _buffer.AsSpan(_filled);
        }
    }

    /// <summary>What has come of the answer so far.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _filled);

    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Takes note of bytes put into <see cref="Free"/>; true when the answer is whole.</summary>
    public bool Add(int count)
    {
        _filled += count;
        if (_end == 0 && !ReadHead())
        {
            return false;
        }

        return _isChunked ? Bytes.EndsWith(LastChunk) : _filled >= _end;
    }

    public void Reset()
    {
        _filled = 0;
        _end = 0;
        _isChunked = false;
    }

    /// <summary>The value of a header of the answer, or null.</summary>
    public string? Header(string name)
    {
        var at = Text.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : Text[(at + name.Length + 3)..].Split("\r\n")[0].Trim();
    }

    private bool ReadHead()
    {
        var at = Bytes.IndexOf(HeadEnd);
        if (at < 0)
        {
            return false;
        }

        var head = Bytes[..at];
        var length = LengthIn(head);
        _isChunked = length < 0;
        _end = at + HeadEnd.Length + Math.Max(length, 0);
        return true;
    }

    /// <summary>The value of Content-Length, or -1 where the answer is chunked.</summary>
    private static int LengthIn(ReadOnlySpan<byte> head)
    {
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            if (line.Length > 15 && Ascii.EqualsIgnoreCase(line[..15], "content-length:"u8))
            {
                return int.Parse(line[15..].Trim((byte)' '), CultureInfo.InvariantCulture);
            }
        }

        return -1;
    }
}
