using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;

namespace Smcp.Servers;

/// <summary>
/// A server of the catalog, and who may reach it. The tenant <c>default</c> has all of the catalog, another what was
/// deployed for it. An unknown tenant and an unknown server look alike to a caller.
/// </summary>
internal partial class ServerGrain : IServerGrain
{
    private const int NamesMax = 200;

    private static readonly McpFault Unknown = new(FaultReason.ServerNotFound, "There is no such server.");

    private readonly IServerCatalog _catalog;
    private readonly Authorizer _authorizer;
    private readonly ILogger<ServerGrain> _logger;
    private readonly ServerKey _key;
    private readonly IGrainState<ServerState> _state;
    private bool _isMissingSaid;

    public ServerGrain(
        IActivationContext activation, IServerCatalog catalog, Authorizer authorizer, ILogger<ServerGrain> logger)
    {
        _logger = logger;
        _catalog = catalog;
        _authorizer = authorizer;
        _key = ServerKey.Parse(activation.Key);
        _state = activation.State<ServerState>("server");
    }

    private ServerDefinition? Definition =>
        (_state.Value.Source is { } source ? Deployed(source) : Brought) is { } found
            ? found with { Access = _state.Value.Access ?? found.Access }
            : null;

    /// <summary>What came with the process under this id.</summary>
    private ServerDefinition? Brought => _key.Tenant == TenantId.Default ? _catalog.Find(_key.Server) : null;

    public ValueTask<ServerLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (context.Tenant == _key.Tenant && Definition is { } definition)
        {
            return new(new ServerLookup { Definition = definition });
        }

        SayMissing();
        return new(new ServerLookup { Fault = Unknown });
    }

    public ValueTask<ServerDescription> ReadAsync(CallContext context, CancellationToken cancellationToken) =>
        new(_authorizer.Administer(context, _key.Tenant, writes: false, AdminAreas.Servers) is { } fault
            ? ServerDescription.Refused(fault)
            : Describe());

    public async ValueTask<ServerDescription> SetAccessAsync(
        CallContext context, ServerAccess access, long? expected, CancellationToken cancellationToken)
    {
        var fault = _authorizer.Administer(context, _key.Tenant, writes: true, AdminAreas.Servers)
            ?? (Definition is null ? Unknown : null)
            ?? (expected is { } version && version != _state.Value.Version
                ? new McpFault(FaultReason.Conflict, "The policy is of another version than the request expects.")
                : null)
            ?? Check(access);
        if (fault is not null)
        {
            return ServerDescription.Refused(fault);
        }

        await WriteAsync(_state.Value with { Access = access }, cancellationToken);
        return Describe();
    }

    public async ValueTask<ServerDescription> DeployAsync(
        CallContext context, ServerDeployment deployment, CancellationToken cancellationToken)
    {
        var fault = _authorizer.Operate(context, _key.Tenant, writes: true, AdminAreas.Servers)
            ?? (Deployed(deployment.Source) is null
                ? new McpFault(FaultReason.InvalidParams, "No server of this source came with the process.")
                : null);
        if (fault is not null)
        {
            return ServerDescription.Refused(fault);
        }

        if (_state.Value.Source != deployment.Source)
        {
            await WriteAsync(_state.Value with { Source = deployment.Source }, cancellationToken);
        }

        return Describe();
    }

    public async ValueTask<McpFault?> RemoveAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (_authorizer.Operate(context, _key.Tenant, writes: true, AdminAreas.Servers) is { } fault)
        {
            return fault;
        }

        if (_state.Value.Source is null)
        {
            return Brought is null
                ? Unknown
                : new McpFault(FaultReason.Conflict, "The server came with the process, and stays with it.");
        }

        await WriteAsync(new ServerState { Version = _state.Value.Version }, cancellationToken);
        return null;
    }

    /// <summary>A server of the catalog, as this tenant has it: for its members, until it says otherwise.</summary>
    private ServerDefinition? Deployed(string source) =>
        ServerId.TryParse(source, null, out var brought) && _catalog.Find(brought) is { } definition
            ? definition with { Id = _key.Server, Access = ServerAccess.Tenant }
            : null;

    /// <summary>Callers are not told that it was deployed once; the operators are, once an activation.</summary>
    private void SayMissing()
    {
        if (!_isMissingSaid && _state.Value.Source is { } source && Deployed(source) is null)
        {
            _isMissingSaid = true;
            LogSourceMissing(_key.Tenant.ToString(), _key.Server.ToString(), source);
        }
    }

    private ValueTask WriteAsync(ServerState state, CancellationToken cancellationToken)
    {
        _state.Value = state with { Version = _state.Value.Version + 1 };
        return _state.WriteAsync(cancellationToken);
    }

    private ServerDescription Describe() => Definition is { } definition
        ? new ServerDescription { Definition = definition, AccessVersion = _state.Value.Version }
        : ServerDescription.Refused(Unknown);

    /// <summary>Names where the kind asks for them; none where they would be taken for a bound they are not.</summary>
    private static McpFault? Check(ServerAccess access)
    {
        var (roles, principals) = (access.Roles.Count, access.Principals.Count);
        var isWhole = access.Kind switch
        {
            ServerAccessKind.Roles => roles > 0 && principals == 0,
            ServerAccessKind.Named => principals > 0 && roles == 0,
            ServerAccessKind.Tenant or ServerAccessKind.Public => roles == 0 && principals == 0,
            _ => false,
        };
        return !isWhole
            ? new McpFault(FaultReason.InvalidParams, "The policy names what its kind does not ask for, or nothing.")
            : roles + principals > NamesMax || access.Roles.Any(role => !TenantId.TryParse(role, null, out _))
                ? new McpFault(FaultReason.InvalidParams, $"A policy names at most {NamesMax} roles or principals.")
                : null;
    }
}
