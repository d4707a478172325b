using Smcp.Storage;

namespace Smcp.Data;

/// <summary>
/// A part of an object as a stream: a stored piece at a time, each asked for when the one before is read.
/// </summary>
internal sealed class ObjectStream(IObjectsGrain objects, DataReach reach, ObjectContent opened, long length)
    : ForwardStream
{
    private readonly string _key = opened.Info!.Key;
    private readonly string _id = opened.Info!.Id;
    private ReadOnlyMemory<byte> _piece = opened.Data;
    private long _offset = opened.Offset + opened.Data.Length;
    private long _read;

    public override long Length => length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_read == length || buffer.IsEmpty)
        {
            return 0;
        }

        if (_piece.IsEmpty)
        {
            var next = await reach.AskAsync(() => objects.ReadAsync(_key, _id, _offset, cancellationToken));
            DataReach.ThrowIf(next.Fault);
            _piece = next.Data;
            _offset += _piece.Length;
        }

        var count = (int)Math.Min(Math.Min(buffer.Length, _piece.Length), length - _read);
        _piece[..count].CopyTo(buffer);
        _piece = _piece[count..];
        _read += count;
        return count;
    }
}
