using Microsoft.AspNetCore.Http;

namespace Smcp.OAuth;

/// <summary>Reads the body of a request up to a size.</summary>
internal static class RequestBody
{
    /// <summary>The whole body; null if it is longer than <paramref name="bytesMax"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        HttpRequest request, int bytesMax, CancellationToken cancellationToken)
    {
        if (request.ContentLength > bytesMax)
        {
            return null;
        }

        var buffer = new byte[bytesMax + 1];
        var length = await request.Body.ReadAtLeastAsync(
            buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > bytesMax ? null : buffer.AsMemory(0, length);
    }
}
