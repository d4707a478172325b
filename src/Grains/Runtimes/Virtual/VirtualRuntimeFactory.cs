using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Runtimes.Upstream;
using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

/// <summary>Starts servers that are composed of others of their tenant.</summary>
internal sealed class VirtualRuntimeFactory(
    IGrainLocator grains,
    IEngineFailures failures,
    MovingInstances moving,
    IOptions<VirtualRuntimeOptions> options,
    IOptions<UpstreamRuntimeOptions> upstream,
    TimeProvider time,
    ILogger<VirtualRuntime> logger) : IServerRuntimeFactory
{
    /// <inheritdoc/>
    public RuntimeKind Kind => RuntimeKind.Virtual;

    /// <inheritdoc/>
    public ValueTask<IServerRuntime> StartAsync(
        RuntimeStart start, IRuntimeEvents events, CancellationToken cancellationToken)
    {
        var settings = start.Definition.Deployed?.Settings.Virtual
            ?? throw new InvalidOperationException("A virtual server was deployed without members.");
        var members = settings.Members.Select(member => StartMember(start, member, events)).ToArray();
        return new(new VirtualRuntime(start.Definition, settings.Instructions, members));
    }

    private Member StartMember(RuntimeStart start, VirtualMember member, IRuntimeEvents events)
    {
        var key = new ServerKey(start.Instance.Tenant, member.Server);
        var view = new MemberView(member);
        var links = new MemberLinks(key, grains, failures, options.Value, moving, time);
        var terms = new UpstreamTerms(links, new MemberEvents(view, events), upstream.Value, time, logger);
        return new Member(
            view,
            new UpstreamRuntime(terms),
            options.Value,
            time,
            () => VirtualRuntime.LogMemberMissed(logger, start.Instance, member.Server));
    }
}
