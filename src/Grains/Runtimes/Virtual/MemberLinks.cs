using Smcp.Engine;
using Smcp.Runtimes.Upstream;
using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

/// <summary>The conversations of a virtual server with one member: by grains, as a client of 2026-07-28.</summary>
internal sealed class MemberLinks(
    ServerKey member,
    IGrainLocator grains,
    IEngineFailures failures,
    VirtualRuntimeOptions options,
    MovingInstances moving,
    TimeProvider time) : IUpstreamLinks
{
    private readonly MemberPlace _place = new(member, grains, options, time);

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public UpstreamEra? Era => UpstreamEra.Modern;

    /// <inheritdoc/>
    public ValueTask<UpstreamOpening> OpenAsync(UpstreamClient client, CancellationToken cancellationToken) =>
        new(UpstreamOpening.Opened(new MemberLink(_place, client.Caller, failures, moving)));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
