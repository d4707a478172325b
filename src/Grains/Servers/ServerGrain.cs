using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;

namespace Smcp.Servers;

/// <summary>
/// A server of the catalog, and who may reach it. An unknown tenant and an unknown server look alike to a caller.
/// </summary>
internal class ServerGrain : IServerGrain
{
    private const int NamesMax = 200;

    private static readonly McpFault Unknown = new(FaultReason.ServerNotFound, "There is no such server.");

    private readonly IServerCatalog _catalog;
    private readonly Authorizer _authorizer;
    private readonly ServerKey _key;
    private readonly IGrainState<ServerAccessState> _state;

    public ServerGrain(IActivationContext activation, IServerCatalog catalog, Authorizer authorizer)
    {
        _catalog = catalog;
        _authorizer = authorizer;
        _key = ServerKey.Parse(activation.Key);
        _state = activation.State<ServerAccessState>("access");
    }

    private ServerDefinition? Definition =>
        _key.Tenant == TenantId.Default && _catalog.Find(_key.Server) is { } definition
            ? definition with { Access = _state.Value.Access ?? definition.Access }
            : null;

    public ValueTask<ServerLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken) =>
        new(context.Tenant == _key.Tenant && Definition is { } definition
            ? new ServerLookup { Definition = definition }
            : new ServerLookup { Fault = Unknown });

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

        _state.Value = new ServerAccessState { Access = access, Version = _state.Value.Version + 1 };
        await _state.WriteAsync(cancellationToken);
        return Describe();
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
