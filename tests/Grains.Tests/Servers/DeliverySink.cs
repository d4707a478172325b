using System.Threading.Channels;
using Smcp.Mcp;

namespace Smcp.Servers;

/// <summary>Where what is delivered to sessions arrives.</summary>
internal sealed class DeliverySink
{
    public Channel<(string Session, CallId? Call, McpFrame Frame)> Frames { get; } =
        Channel.CreateUnbounded<(string, CallId?, McpFrame)>();

    /// <summary>Whether a session still takes frames.</summary>
    public Func<string, ValueTask<bool>> OnDeliver { get; set; } = _ => ValueTask.FromResult(true);

    public async Task<(string Session, CallId? Call, McpFrame Frame)> NextAsync(string awaited)
    {
        using var patience = new CancellationTokenSource(InstanceHost.Patience, TimeProvider.System);
        try
        {
            return await Frames.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Not delivered: {awaited}.");
        }
    }
}
