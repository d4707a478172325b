using Microsoft.Extensions.Options;
using Smcp.Connections;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Servers.Deploying;
using Smcp.Storage;
using Smcp.Tenants;

namespace Smcp.Servers;

/// <summary>A tenant's servers; each says itself what it is.</summary>
internal class ServerListGrain(
    IActivationContext activation, IServerCatalog catalog, Authorizer authorizer, IOptions<TenantOptions> options)
    : IServerListGrain
{
    private const int EndingMax = 32;

    private readonly TenantId _tenant = TenantId.Parse(activation.Key);
    private readonly IGrainState<ServerListState> _state = activation.State<ServerListState>("servers");

    public async ValueTask<ServerPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken)
    {
        if (authorizer.Administer(context, _tenant, writes: false, AdminAreas.Servers) is { } fault)
        {
            return new ServerPage { Fault = fault };
        }

        var (ids, next) = KeyPage.Of(Ids(), id => id, after, countMax);
        var servers = new List<ServerDescription>(ids.Count);
        foreach (var id in ids)
        {
            var description = await Server(ServerId.Parse(id)).ReadAsync(context, cancellationToken);
            if (description.Fault is null)
            {
                servers.Add(description);
            }
        }

        return new ServerPage { Servers = servers, Next = next };
    }

    public async ValueTask<IReadOnlyList<ServerId>> OfferAsync(
        CallContext context, int countMax, CancellationToken cancellationToken)
    {
        var offered = new List<ServerId>();
        foreach (var id in Ids())
        {
            var server = await Server(ServerId.Parse(id)).DescribeAsync(context, cancellationToken);
            if (server.Definition is { } definition
                && AccessRules.Reach(context, _tenant, definition.Id, definition.Access).IsAllowed)
            {
                offered.Add(definition.Id);
            }

            if (offered.Count >= Math.Clamp(countMax, 1, KeyPage.ItemsMax))
            {
                break;
            }
        }

        return offered;
    }

    public async ValueTask<ServerDescription> DeployAsync(
        CallContext context, ServerId server, ServerDeployment deployment, CancellationToken cancellationToken)
    {
        if (authorizer.Operate(context, _tenant, writes: true, AdminAreas.Servers) is { } fault)
        {
            return ServerDescription.Refused(fault);
        }

        return await EnlistAsync(server, cancellationToken) is { } refused
            ? ServerDescription.Refused(refused)
            : await Server(server).DeployAsync(context, deployment, cancellationToken);
    }

    public async ValueTask<VersionDescription> AddVersionAsync(
        CallContext context, ServerId server, VersionRequest request, CancellationToken cancellationToken)
    {
        var isNew = !_state.Value.Servers.Contains(server);
        var fault = authorizer.Administer(context, _tenant, writes: true, AdminAreas.Servers)
            ?? await EnlistAsync(server, cancellationToken);
        if (fault is not null)
        {
            return VersionDescription.Refused(fault);
        }

        var made = await Server(server).AddVersionAsync(context, request, cancellationToken);
        if (made.Fault is not null && isNew)
        {
            await UnlistAsync(server, cancellationToken);
        }

        return made;
    }

    public async ValueTask<McpFault?> RemoveAsync(
        CallContext context, ServerId server, CancellationToken cancellationToken)
    {
        var fault = authorizer.Administer(context, _tenant, writes: true, AdminAreas.Servers)
            ?? await Server(server).RemoveAsync(context, cancellationToken);
        if (fault is null)
        {
            await UnlistAsync(server, cancellationToken);
        }

        return fault;
    }

    public async ValueTask EndConnectionsAsync(PrincipalId principal, CancellationToken cancellationToken)
    {
        foreach (var some in Ids().ToList().Chunk(EndingMax))
        {
            await Task.WhenAll(some.Select(id => activation.Grains
                .Locate<IConnectionGrain>(new ConnectionKey(_tenant, ServerId.Parse(id), principal).ToString())
                .EndOfUserAsync(cancellationToken).AsTask()));
        }
    }

    /// <summary>Null when the server stands in the list, before it is made.</summary>
    private async ValueTask<McpFault?> EnlistAsync(ServerId server, CancellationToken cancellationToken)
    {
        var listed = _state.Value.Servers;
        if (listed.Contains(server))
        {
            return null;
        }

        if (ReservedServers.Contains(server))
        {
            return new McpFault(FaultReason.InvalidParams, "No server can have this id: it is the host's own.");
        }

        if (listed.Count >= options.Value.ServersMax)
        {
            return new McpFault(
                FaultReason.LimitExceeded, $"A tenant has at most {options.Value.ServersMax} servers deployed.");
        }

        await WriteAsync([.. listed, server], cancellationToken);
        return null;
    }

    private ValueTask UnlistAsync(ServerId server, CancellationToken cancellationToken) =>
        WriteAsync([.. _state.Value.Servers.Where(id => id != server)], cancellationToken);

    private IEnumerable<string> Ids() =>
        _state.Value.Servers.Union(_tenant == TenantId.Default ? catalog.Servers.Select(s => s.Id) : [])
            .Select(id => id.ToString())
            .Order(StringComparer.Ordinal);

    private IServerGrain Server(ServerId id) =>
        activation.Grains.Locate<IServerGrain>(new ServerKey(_tenant, id).ToString());

    private ValueTask WriteAsync(IReadOnlyList<ServerId> servers, CancellationToken cancellationToken)
    {
        _state.Value = new ServerListState { Servers = servers };
        return _state.WriteAsync(cancellationToken);
    }
}
