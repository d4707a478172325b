using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Servers;

/// <summary>Who may reach a server, as its grain last said; read again when that is older than it may be.</summary>
internal sealed class ServerPolicy(IActivationContext activation, ServerKey server, InstanceOptions options)
{
    private static readonly McpFault UnknownServer = new(FaultReason.ServerNotFound, "There is no such server.");

    private long _readAt;

    /// <summary>Null until it was read or begun.</summary>
    public ServerAccess? Access { get; private set; }

    public bool IsFresh => Access is not null && activation.Time.GetElapsedTime(_readAt) < options.PolicyLifetime;

    /// <summary>Takes what a definition that was just read says.</summary>
    public void Begin(ServerAccess access)
    {
        Access = access;
        _readAt = activation.Time.GetTimestamp();
    }

    /// <summary>Reads it: null, or why there is none.</summary>
    public async ValueTask<McpFault?> ReadAsync(CallContext caller)
    {
        var at = activation.Time.GetTimestamp();
        var lookup = await activation.Grains.Locate<IServerGrain>(server.ToString())
            .DescribeAsync(caller, CancellationToken.None);
        if (lookup.Definition is not { } definition)
        {
            return lookup.Fault ?? UnknownServer;
        }

        Access = definition.Access;
        _readAt = at;
        return null;
    }
}
