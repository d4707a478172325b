using System.Buffers;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>Reads bodies of bounded size, of which no more is held than came.</summary>
internal static class HttpBody
{
    private const int PieceBytes = 16_384;

    /// <summary>The whole body; null if it is longer than the bound.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(
        HttpContent content, int bytesMax, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var body = new ArrayBufferWriter<byte>(PieceBytes);
        while (true)
        {
            var read = await stream.ReadAsync(body.GetMemory(PieceBytes), cancellationToken);
            if (read == 0)
            {
                return body.WrittenMemory;
            }

            body.Advance(read);
            if (body.WrittenCount > bytesMax)
            {
                return null;
            }
        }
    }
}
