using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;

namespace Smcp.Servers;

/// <summary>Who may reach a server, as its grain last said; read again when that is older than it may be.</summary>
internal sealed class ServerPolicy(
    IActivationContext activation, ServerKey server, AccessAudit audit, InstanceOptions options)
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

    /// <summary>Whether the caller may reach the server: null, or why not, which is recorded.</summary>
    public McpFault? Reach(CallContext caller)
    {
        var access = Access ?? throw new InvalidOperationException("A policy is read before it is asked.");
        var decision = AccessRules.Reach(caller, server.Tenant, server.Server, access);
        if (!decision.IsAllowed)
        {
            audit.Denied(caller, Permissions.Use, server.Server.ToString(), decision.Reason);
        }

        return decision.Fault;
    }
}
