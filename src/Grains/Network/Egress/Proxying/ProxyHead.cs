namespace Smcp.Network.Egress.Proxying;

/// <summary>What was read of a connection until the end of a request's head.</summary>
/// <param name="Head">The head, without the empty line.</param>
/// <param name="Behind">What came behind it: the beginning of a body.</param>
internal readonly record struct ProxyHead(ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Behind)
{
    /// <summary>Null where it does not end within the bound, or not at all.</summary>
    public static async Task<ProxyHead?> ReadAsync(Stream stream, int bytesMax, CancellationToken cancellationToken)
    {
        var buffer = new byte[bytesMax];
        var length = 0;
        while (length < bytesMax)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return null;
            }

            var from = Math.Max(0, length - 3);
            length += read;
            var end = buffer.AsSpan(from, length - from).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return new ProxyHead(buffer.AsMemory(0, from + end), buffer.AsMemory((from + end + 4)..length));
            }
        }

        return null;
    }
}
