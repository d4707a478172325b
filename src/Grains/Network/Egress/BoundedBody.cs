namespace Smcp.Network.Egress;

/// <summary>Reads the body of an answer up to a size.</summary>
internal static class BoundedBody
{
    /// <summary>The whole body; null if it is longer than <paramref name="bytesMax"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        HttpContent content, int bytesMax, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[bytesMax + 1];
        var length = await stream.ReadAtLeastAsync(
            buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > bytesMax ? null : buffer.AsMemory(0, length);
    }
}
