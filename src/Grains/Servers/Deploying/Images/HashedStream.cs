using System.Security.Cryptography;
using Smcp.Storage;

namespace Smcp.Servers.Deploying.Images;

/// <summary>A stream that is read to its end, and hashed as it is.</summary>
internal sealed class HashedStream(Stream inner, IncrementalHash hash) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        hash.AppendData(buffer.Span[..count]);
        return count;
    }
}
