using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity.Users;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Storage;
using Smcp.Tenants;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>
/// Keeps which grants a user has; each says itself whether it is still in force. A grant that ended is dropped when
/// somebody looks.
/// </summary>
internal class UserGrantsGrain : IUserGrantsGrain
{
    private static readonly McpFault Unknown = new(FaultReason.NotFound, "There is no such grant.");

    private readonly IActivationContext _activation;
    private readonly Authorizer _authorizer;
    private readonly GrantOptions _options;
    private readonly UserKey _key;
    private readonly IGrainState<UserGrantsState> _state;

    public UserGrantsGrain(IActivationContext activation, Authorizer authorizer, IOptions<GrantOptions> options)
    {
        _activation = activation;
        _authorizer = authorizer;
        _options = options.Value;
        _key = UserKey.Parse(activation.Key);
        _state = activation.State<UserGrantsState>("grants");
    }

    /// <summary>The oldest first.</summary>
    private IReadOnlyList<UserGrantRow> Rows => _state.Value is { Grants.Count: > 0 } early
        ? [.. early.Grants.Select(grant => new UserGrantRow(grant, null)), .. early.Rows]
        : _state.Value.Rows;

    public async ValueTask AddAsync(GrantId grant, ClientId client, CancellationToken cancellationToken)
    {
        var others = Rows;
        if (others.Count >= _options.GrantsOfUserMax)
        {
            others = Of(await InForceAsync(others, cancellationToken));
            foreach (var oldest in others.Take(others.Count + 1 - _options.GrantsOfUserMax))
            {
                await Locate(oldest.Grant).EndAsync("its user has too many", cancellationToken);
            }
        }

        await WriteAsync(
            [.. others.TakeLast(_options.GrantsOfUserMax - 1), new UserGrantRow(grant, ClientKey.Of(client))],
            cancellationToken);
    }

    public async ValueTask<GrantPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken)
    {
        if (RefusalOf(context, writes: false) is { } fault)
        {
            return new GrantPage { Fault = fault };
        }

        var inForce = await InForceAsync(Rows, cancellationToken);
        if (inForce.Count < Rows.Count)
        {
            await WriteAsync(Of(inForce), cancellationToken);
        }

        var (grants, next) = KeyPage.Of(
            inForce.OrderBy(grant => grant.Id.ToString(), StringComparer.Ordinal),
            grant => grant.Id.ToString(),
            after,
            countMax);
        return new GrantPage { Grants = grants, Next = next };
    }

    public async ValueTask<bool> HasAsync(
        ClientId client, string resource, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var key = ClientKey.Of(client);
        var candidates = Rows.Where(row => row.Client is null || row.Client == key);
        return (await InForceAsync(candidates, cancellationToken)).Any(grant =>
            grant.Client == client && grant.Resource == resource
            && scopes.All(scope => scope == McpScopes.OfflineAccess || McpScopes.Cover(grant.Scopes, scope)));
    }

    public async ValueTask<McpFault?> RevokeAsync(
        CallContext context, GrantId grant, CancellationToken cancellationToken)
    {
        if (await RefusalOfEndAsync(context, cancellationToken) is { } fault)
        {
            return fault;
        }

        if (Rows.All(row => row.Grant != grant))
        {
            return Unknown;
        }

        await Locate(grant).EndAsync(CauseOf(context), cancellationToken);
        await WriteAsync([.. Rows.Where(row => row.Grant != grant)], cancellationToken);
        return null;
    }

    public async ValueTask<McpFault?> RevokeAllAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (await RefusalOfEndAsync(context, cancellationToken) is { } fault)
        {
            return fault;
        }

        await Task.WhenAll(Rows.Select(
            row => Locate(row.Grant).EndAsync(CauseOf(context), cancellationToken)));
        await WriteAsync([], cancellationToken);
        return null;
    }

    private static string CauseOf(CallContext context) => $"{context.Principal} revoked it";

    /// <summary>
    /// Users see to their own, but no client in their name whose scopes are not of the administration; administrators
    /// of the tenant's users to everybody's.
    /// </summary>
    private McpFault? RefusalOf(CallContext context, bool writes) => IsSelf(context)
        ? null
        : _authorizer.Administer(context, _key.Tenant, writes, AdminAreas.Users);

    /// <summary>What a user who may do more than the caller let clients do is not the caller's to end.</summary>
    private async ValueTask<McpFault?> RefusalOfEndAsync(CallContext context, CancellationToken cancellationToken)
    {
        var fault = RefusalOf(context, writes: true);
        if (fault is not null || IsSelf(context))
        {
            return fault;
        }

        var user = await _activation.Grains.Locate<IUserGrain>(_activation.Key).StandingAsync(cancellationToken);
        var tenant = await _activation.Grains.Locate<ITenantGrain>(_key.Tenant.ToString())
            .DescribeAsync(cancellationToken);
        return RoleResolver.RefusalOver(context, _key.Tenant, tenant.Configuration, user.Roles);
    }

    private bool IsSelf(CallContext context) =>
        context.Tenant == _key.Tenant && context.Principal == _key.User.Principal
        && McpScopes.Cover(context.Scopes, McpScopes.Admin);

    private static IReadOnlyList<UserGrantRow> Of(IReadOnlyList<GrantSummary> grants) =>
        [.. grants.Select(grant => new UserGrantRow(grant.Id, ClientKey.Of(grant.Client)))];

    private async ValueTask<IReadOnlyList<GrantSummary>> InForceAsync(
        IEnumerable<UserGrantRow> rows, CancellationToken cancellationToken)
    {
        var summaries = await Task.WhenAll(
            rows.Select(row => Locate(row.Grant).SummarizeAsync(cancellationToken).AsTask()));
        return [.. summaries.OfType<GrantSummary>()];
    }

    private ValueTask WriteAsync(IReadOnlyList<UserGrantRow> rows, CancellationToken cancellationToken)
    {
        _state.Value = new UserGrantsState { Rows = rows };
        return _state.WriteAsync(cancellationToken);
    }

    private IGrantGrain Locate(GrantId grant) =>
        _activation.Grains.Locate<IGrantGrain>(new GrantKey(_key.Tenant, grant).ToString());
}
