namespace Smcp.Runtimes.Jails.Output;

/// <summary>The last that a program wrote to its standard error. Thread-safe.</summary>
internal sealed class ErrorText(int bytesMax)
{
    private const int BufferBytes = 4_096;

    private readonly Lock _lock = new();
    private readonly byte[] _ring = new byte[bytesMax];
    private long _written;

    /// <summary>What is kept, the oldest first.</summary>
    public byte[] Read()
    {
        lock (_lock)
        {
            var length = (int)Math.Min(_written, bytesMax);
            var text = new byte[length];
            for (var i = 0; i < length; i++)
            {
                text[i] = _ring[(_written - length + i) % bytesMax];
            }

            return text;
        }
    }

    /// <summary>Takes a stream to its end, at the speed at which it comes; what is not kept is dropped.</summary>
    public async Task TakeAsync(Stream stream)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer)) > 0)
            {
                Take(buffer.AsSpan(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The jail broke off: there is no more.
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            foreach (var one in bytes[Math.Max(0, bytes.Length - bytesMax)..])
            {
                _ring[_written++ % bytesMax] = one;
            }
        }
    }
}
