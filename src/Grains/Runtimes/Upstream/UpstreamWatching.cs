namespace Smcp.Runtimes.Upstream;

/// <summary>A client without session that listens by a conversation, and keeps it open.</summary>
internal sealed class UpstreamWatching(UpstreamConversation conversation) : IRuntimeWatch
{
    /// <inheritdoc/>
    public Task Ended => conversation.Ended;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => conversation.WatchAsync(this, null, CancellationToken.None);
}
