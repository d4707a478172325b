using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;

namespace Smcp.Servers;

/// <summary>
/// Who may reach a server, as its grain last said; read again when that is older than it may be. Of one version, also
/// whether it still serves at all; and whether the server is held.
/// </summary>
/// <param name="activation">Whose clock and grains.</param>
/// <param name="server">The server.</param>
/// <param name="version">Which version; null for a server that came with the process.</param>
/// <param name="audit">Where refusals are recorded.</param>
/// <param name="options">How long it is held.</param>
internal sealed class ServerPolicy(
    IActivationContext activation,
    ServerKey server,
    Func<long?> version,
    AccessAudit audit,
    InstanceOptions options)
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
        var grain = activation.Grains.Locate<IServerGrain>(server.ToString());
        var lookup = version() is { } number
            ? await grain.DescribeVersionAsync(caller, number, isForManifest: false, CancellationToken.None)
            : await grain.DescribeAsync(caller, CancellationToken.None);
        if (lookup.Definition is not { } definition || lookup.Held is not null)
        {
            return lookup.Held ?? lookup.Fault ?? UnknownServer;
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
