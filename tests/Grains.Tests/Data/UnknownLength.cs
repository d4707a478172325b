namespace Smcp.Data;

/// <summary>A stream that does not say how long it is.</summary>
internal class UnknownLength(byte[] content) : MemoryStream(content, writable: false)
{
    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();
}
