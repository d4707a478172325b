using Smcp.Identity;
using Smcp.Protocol;
using Smcp.Sessions;

namespace Smcp.Mcp.Routes;

/// <summary>
/// What this gateway remembers of a session, so that a request costs one grain call. The grain decides; this may be
/// stale.
/// </summary>
internal sealed class KnownSession(SessionKey key, PrincipalId principal, McpRevision revision, ISessionGrain grain)
{
    private int _streams;

    public SessionKey Key => key;

    public PrincipalId Principal => principal;

    public McpRevision Revision => revision;

    public ISessionGrain Grain => grain;

    /// <summary>Takes a place among the streams that are open here, if fewer than this are.</summary>
    public bool TryOpenStream(int streamsMax)
    {
        if (Interlocked.Increment(ref _streams) <= streamsMax)
        {
            return true;
        }

        Interlocked.Decrement(ref _streams);
        return false;
    }

    public void CloseStream() => Interlocked.Decrement(ref _streams);
}
