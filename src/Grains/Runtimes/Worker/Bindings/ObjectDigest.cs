using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Smcp.Storage;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>
/// A content whose writer said what its digest is: the read that would be its end fails where it is another, so that
/// nothing is written.
/// </summary>
internal sealed class ObjectDigest : ForwardStream
{
    private readonly Stream _content;
    private readonly IncrementalHash _hash;
    private readonly byte[] _expected;

    private ObjectDigest(Stream content, HashAlgorithmName algorithm, byte[] expected)
    {
        _content = content;
        _hash = IncrementalHash.CreateHash(algorithm);
        _expected = expected;
    }

    /// <summary>The content, checked if its writer asked for that. MD5 comes in Base64, others in hex digits.</summary>
    public static Stream Check(Stream content, JsonObject asked)
    {
        foreach (var (name, algorithm) in ((string, HashAlgorithmName)[])
        [
            ("sha1", HashAlgorithmName.SHA1), ("sha256", HashAlgorithmName.SHA256),
            ("sha384", HashAlgorithmName.SHA384), ("sha512", HashAlgorithmName.SHA512),
        ])
        {
            if ((string?)asked[name] is { } hexadecimal)
            {
                return new ObjectDigest(content, algorithm, Convert.FromHexString(hexadecimal));
            }
        }

        return (string?)asked["md5"] is { } md5
            ? new ObjectDigest(content, HashAlgorithmName.MD5, Convert.FromBase64String(md5))
            : content;
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _content.ReadAsync(buffer, cancellationToken);
        if (count > 0)
        {
            _hash.AppendData(buffer.Span[..count]);
        }
        else if (buffer.Length > 0 && !_hash.GetCurrentHash().AsSpan().SequenceEqual(_expected))
        {
            throw new ArgumentException("The content does not have the digest that was given.");
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
