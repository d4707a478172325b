using Microsoft.Extensions.Logging;
using Smcp.Connections;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Servers.Deploying;
using Smcp.Servers.Deploying.Manifests;
using Smcp.Servers.Health;

namespace Smcp.Servers;

/// <summary>
/// A server of the catalog or of a tenant's own versions, and who may reach it. The tenant <c>default</c> has all of
/// the catalog, another what was deployed for it. An unknown tenant and an unknown server look alike to a caller.
/// </summary>
internal partial class ServerGrain : IServerGrain
{
    private const int NamesMax = 200;

    private static readonly McpFault Unknown = new(FaultReason.ServerNotFound, "There is no such server.");

    private readonly IActivationContext _activation;
    private readonly IServerCatalog _catalog;
    private readonly Authorizer _authorizer;
    private readonly ILogger<ServerGrain> _logger;
    private readonly ServerKey _key;
    private readonly IGrainState<ServerState> _state;
    private readonly ServerVersions _versions;
    private readonly VersionManifests _manifests;
    private readonly ServerWard _ward;
    private bool _isMissingSaid;

    public ServerGrain(
        IActivationContext activation,
        IServerCatalog catalog,
        Authorizer authorizer,
        VersionParts versions,
        HealthParts health,
        ILogger<ServerGrain> logger)
    {
        _activation = activation;
        _logger = logger;
        _catalog = catalog;
        _authorizer = authorizer;
        _key = ServerKey.Parse(activation.Key);
        _state = activation.State<ServerState>("server");
        _versions = versions.Of(activation, _key, Versions, WriteAsync);
        _manifests = versions.ManifestsOf(activation, _key, Versions, WriteAsync);
        _ward = new ServerWard(activation, _key, health, () => _state.Value.Holds, WriteAsync);
    }

    private ServerDefinition? Definition =>
        _state.Value.Versions is not null ? _versions.Serving(_state.Value.Access)
        : (_state.Value.Source is { } source ? Deployed(source) : Brought) is { } found
            ? found with { Access = _state.Value.Access ?? found.Access }
            : null;

    /// <summary>What administrators see of it, also before a version serves.</summary>
    private ServerDefinition? Shown => Definition
        ?? (_versions.Shown is { } row ? _versions.DefinitionOf(row, _state.Value.Access) : null);

    private bool CameWithProcess => _state.Value.Source is not null || Brought is not null;

    /// <summary>What came with the process under this id.</summary>
    private ServerDefinition? Brought => _key.Tenant == TenantId.Default ? _catalog.Find(_key.Server) : null;

    public ValueTask<ServerLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (context.Tenant == _key.Tenant && Definition is { } definition)
        {
            return new(new ServerLookup { Definition = definition, Held = _ward.Refuse(isForManifest: false) });
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
            ?? (Shown is null ? Unknown : null)
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
                : null)
            ?? (_state.Value.Versions is not null
                ? new McpFault(FaultReason.Conflict, "The server has versions of its own: remove it first.")
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
        var isOwn = _state.Value is { Versions: not null, Source: null };
        var fault = isOwn
            ? _authorizer.Administer(context, _key.Tenant, writes: true, AdminAreas.Servers)
            : _authorizer.Operate(context, _key.Tenant, writes: true, AdminAreas.Servers);
        if (fault is not null)
        {
            return fault;
        }

        if (!isOwn && _state.Value.Source is null)
        {
            return Brought is null
                ? Unknown
                : new McpFault(FaultReason.Conflict, "The server came with the process, and stays with it.");
        }

        var holds = _state.Value.Holds.Where(hold => hold.Kind == HoldKind.StoppedByOperator).ToList();
        await WriteAsync(new ServerState { Version = _state.Value.Version, Holds = holds }, cancellationToken);
        await _ward.EndAsync(static _ => true, Unknown);
        if (isOwn)
        {
            await _versions.RemoveAllAsync(cancellationToken);
            await _activation.Grains.Locate<IConnectionsGrain>(_key.ToString()).EndAsync(cancellationToken);
        }

        return null;
    }

    public ValueTask<ServerLookup> DescribeVersionAsync(
        CallContext context, long version, bool isForManifest, CancellationToken cancellationToken) =>
        new(context.Tenant != _key.Tenant
            ? new ServerLookup { Fault = Unknown }
            : DescribeVersion(version, isForManifest) with { Held = _ward.Refuse(isForManifest) });

    public async ValueTask<McpFault?> AttendAsync(
        CallContext context, InstanceReport report, CancellationToken cancellationToken) =>
        context.Tenant != _key.Tenant
            ? Unknown
            : await _ward.AttendAsync(report, OverOf(InstanceKey.Parse(report.Instance)), cancellationToken);

    public ValueTask<ServerStatus> ReadStatusAsync(CallContext context, CancellationToken cancellationToken) =>
        new((Check(context, writes: false) ?? (Shown is null ? Unknown : null)) is { } fault
            ? ServerStatus.Refused(fault)
            : _ward.Describe(Definition is not null));

    public async ValueTask<ServerStatus> StopAsync(
        CallContext context, ServerStop stop, CancellationToken cancellationToken) =>
        (Check(context, writes: true)
            ?? (Shown is null ? Unknown : null)
            ?? await _ward.StopAsync(context, stop, cancellationToken)) is { } fault
            ? ServerStatus.Refused(fault)
            : _ward.Describe(Definition is not null);

    public async ValueTask<ServerStatus> StartAsync(CallContext context, CancellationToken cancellationToken) =>
        (Check(context, writes: true)
            ?? (Shown is null ? Unknown : null)
            ?? await _ward.StartAsync(context, cancellationToken)) is { } fault
            ? ServerStatus.Refused(fault)
            : _ward.Describe(Definition is not null);

    public ValueTask<VersionPage> ListVersionsAsync(
        CallContext context, long? after, int countMax, CancellationToken cancellationToken) =>
        new(Check(context, writes: false) is { } fault
            ? new VersionPage { Fault = fault }
            : _versions.List(after, countMax));

    public ValueTask<VersionDescription> ReadVersionAsync(
        CallContext context, long version, CancellationToken cancellationToken) =>
        new(Check(context, writes: false) is { } fault
            ? VersionDescription.Refused(fault)
            : _versions.Read(version));

    public async ValueTask<VersionDescription> AddVersionAsync(
        CallContext context, VersionRequest request, CancellationToken cancellationToken)
    {
        var fault = Check(context, writes: true)
            ?? (CameWithProcess
                ? new McpFault(FaultReason.Conflict, "The server came with the process, and has no versions.")
                : null);
        return fault is not null
            ? VersionDescription.Refused(fault)
            : await _versions.AddAsync(context.Principal, request, cancellationToken);
    }

    public ValueTask DropImageAsync(CallContext context, ServerImage image, CancellationToken cancellationToken) =>
        Check(context, writes: true) is null
            ? _versions.SweepAsync(image.Hash, cancellationToken)
            : ValueTask.CompletedTask;

    public async ValueTask<VersionDescription> ActivateAsync(
        CallContext context,
        long version,
        VersionActivation activation,
        long? expected,
        CancellationToken cancellationToken) =>
        Check(context, writes: true) is { } fault
            ? VersionDescription.Refused(fault)
            : await _versions.ActivateAsync(version, activation, expected, cancellationToken);

    public async ValueTask<VersionDescription> RevokeAsync(
        CallContext context, long version, CancellationToken cancellationToken) =>
        Check(context, writes: true) is { } fault
            ? VersionDescription.Refused(fault)
            : await RevokeAsync(version, cancellationToken);

    public async ValueTask<McpFault?> RemoveVersionAsync(
        CallContext context, long version, CancellationToken cancellationToken) =>
        Check(context, writes: true) ?? await _versions.RemoveAsync(version, cancellationToken);

    public async ValueTask<VersionDescription> CaptureManifestAsync(
        CallContext context, long version, CancellationToken cancellationToken) =>
        (Check(context, writes: true) ?? await _manifests.CaptureAsync(context, version, cancellationToken))
            is { } fault
            ? VersionDescription.Refused(fault)
            : _versions.Read(version);

    public async ValueTask<ManifestDescription> ReadManifestAsync(
        CallContext context, long version, CancellationToken cancellationToken) =>
        Check(context, writes: false) is { } fault
            ? ManifestDescription.Refused(fault)
            : await _manifests.ReadAsync(version, cancellationToken);

    public async ValueTask<VersionDescription> ApproveManifestAsync(
        CallContext context, long version, string hash, CancellationToken cancellationToken) =>
        (Check(context, writes: true) ?? await _manifests.ApproveAsync(version, hash, cancellationToken)) is { } fault
            ? VersionDescription.Refused(fault)
            : _versions.Read(version);

    public ValueTask ReportDriftAsync(
        CallContext context, long version, ManifestChanges changes, CancellationToken cancellationToken) =>
        context.Tenant == _key.Tenant
            ? _manifests.ReportAsync(context, version, changes, cancellationToken)
            : ValueTask.CompletedTask;

    /// <summary>Durable first: an instance that starts meanwhile finds it, and those that run are told.</summary>
    private async ValueTask<VersionDescription> RevokeAsync(long version, CancellationToken cancellationToken)
    {
        var revoked = await _versions.RevokeAsync(version, cancellationToken);
        if (revoked.Fault is null)
        {
            await _ward.EndAsync(key => key.Version == version, ServerVersions.Over);
        }

        return revoked;
    }

    private ServerLookup DescribeVersion(long version, bool isForManifest) =>
        _state.Value.Versions is null && Definition is { Deployed: { } came } brought && came.Number == version
            ? new ServerLookup { Definition = brought }
            : _versions.Describe(version, isForManifest, _state.Value.Access);

    /// <summary>Why an instance serves nobody any more, or null.</summary>
    private McpFault? OverOf(InstanceKey instance) =>
        instance.Version is { } version ? DescribeVersion(version, isForManifest: false).Fault
        : Definition is null ? Unknown
        : null;

    private VersionTable Versions() => _state.Value.Versions ?? new VersionTable();

    private McpFault? Check(CallContext context, bool writes) =>
        _authorizer.Administer(context, _key.Tenant, writes, AdminAreas.Servers);

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

    /// <summary>The versions are counted by themselves: a change of them is none of who may reach the server.</summary>
    private ValueTask WriteAsync(VersionTable versions, CancellationToken cancellationToken)
    {
        _state.Value = _state.Value with { Versions = versions };
        return _state.WriteAsync(cancellationToken);
    }

    private ValueTask WriteAsync(IReadOnlyList<ServerHold> holds, CancellationToken cancellationToken)
    {
        _state.Value = _state.Value with { Holds = holds };
        return _state.WriteAsync(cancellationToken);
    }

    private ServerDescription Describe() => Shown is { } definition
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
