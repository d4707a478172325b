using Smcp.Mcp.Sse;

namespace Smcp.Mcp.Relay;

/// <summary>
/// Frames on their way from an instance to one reader: bounded in bytes, so that a slow reader holds up neither.
/// </summary>
internal sealed class FrameBuffer(int bytesMax)
{
    /// <summary>What a frame costs beside its body.</summary>
    private const int FrameBytes = 128;

    private readonly Lock _gate = new();
    private readonly Queue<McpFrame> _frames = new();
    private readonly Wakeup _changed = new();
    private long _bytes;
    private bool _complete;

    /// <summary>Puts a frame at the end; false when the reader left too much standing.</summary>
    public bool TryAdd(McpFrame frame)
    {
        lock (_gate)
        {
            _bytes += SizeOf(frame);
            // One frame always fits, however large: the largest answer is the server's limit, not this one's.
            if (_bytes > bytesMax && _frames.Count > 0)
            {
                return false;
            }

            _frames.Enqueue(frame);
        }

        _changed.Ring();
        return true;
    }

    /// <summary>Nothing more will be added.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _complete = true;
        }

        _changed.Ring();
    }

    /// <summary>Wakes the reader though there may be nothing to read: the heartbeat.</summary>
    public void Ring() => _changed.Ring();

    /// <summary>The next frame, if one stands; and whether none ever will.</summary>
    public (McpFrame? Frame, bool AtEnd) Take()
    {
        lock (_gate)
        {
            if (_frames.TryDequeue(out var frame))
            {
                _bytes -= SizeOf(frame);
                return (frame, false);
            }

            return (null, _complete);
        }
    }

    public ValueTask WaitAsync(CancellationToken cancellationToken) => _changed.WaitAsync(cancellationToken);

    private static int SizeOf(McpFrame frame) => frame.Body.Length + FrameBytes;
}
