using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;

namespace Smcp.Runtimes.Upstream;

/// <summary>Links to servers that a test plays: each link's server comes out of <see cref="Servers"/>.</summary>
internal sealed class LineServerLinks(UpstreamRuntimeOptions options) : IUpstreamLinks
{
    public bool IsShared { get; init; }

    public UpstreamEra? Era { get; init; } = UpstreamEra.Legacy;

    public Channel<LineServer> Servers { get; } = Channel.CreateUnbounded<LineServer>();

    public ValueTask<UpstreamOpening> OpenAsync(UpstreamClient client, CancellationToken cancellationToken)
    {
        var (input, output, server) = LineServer.Create();
        Servers.Writer.TryWrite(server);
        return new(UpstreamOpening.Opened(
            new StreamLink(input, output, options, TimeProvider.System, NullLogger.Instance)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
