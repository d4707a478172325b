using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream;

/// <summary>How one speaks with a server of an era for clients of any.</summary>
internal interface IUpstreamDialect : IAsyncDisposable
{
    /// <summary>What the server says of itself: the result of <c>initialize</c>.</summary>
    McpReply Initialization { get; }

    /// <summary>What the server says of itself: the result of <c>server/discover</c>.</summary>
    McpReply Discovery { get; }

    /// <summary>Brings a call to its answer.</summary>
    ValueTask<McpReply> InvokeAsync(UpstreamCall call, CancellationToken cancellationToken);

    /// <summary>Asks the server the cheapest thing that its era has.</summary>
    ValueTask<UpstreamAnswer> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Passes a client's notification on, where the server's era has it.</summary>
    ValueTask NotifyAsync(McpCall notification, CancellationToken cancellationToken);

    /// <summary>Tells the server what is watched from now on: all of it.</summary>
    ValueTask WatchAsync(UpstreamWatch watch, CancellationToken cancellationToken);

    /// <summary>Completes when the server knows what is watched, where that takes longer than telling it.</summary>
    Task WatchedAsync() => Task.CompletedTask;
}
