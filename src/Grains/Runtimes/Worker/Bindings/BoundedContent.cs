namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>Reads a content that is small by its nature.</summary>
internal static class BoundedContent
{
    /// <summary>The whole content; null where it has more bytes than that.</summary>
    public static async ValueTask<byte[]?> ReadAsync(BindingRequest request, int bytesMax)
    {
        if (request.Http.ContentLength > bytesMax)
        {
            return null;
        }

        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Http.Body.ReadAsync(buffer, request.Ended) is var count and > 0)
        {
            if (content.Length + count > bytesMax)
            {
                return null;
            }

            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }
}
