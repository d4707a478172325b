using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Tenants;

namespace Smcp.Identity.Keys;

/// <summary>A tenant's API keys: who may make and end them, and which there are.</summary>
internal class ApiKeysGrain : IApiKeysGrain
{
    private const int PageMax = 200;

    private static readonly McpFault Unknown = new(FaultReason.NotFound, "There is no such key.");

    private readonly IActivationContext _activation;
    private readonly Authorizer _authorizer;
    private readonly ApiKeyOptions _options;
    private readonly TenantId _tenant;
    private readonly IGrainState<ApiKeysState> _state;

    public ApiKeysGrain(IActivationContext activation, Authorizer authorizer, IOptions<ApiKeyOptions> options)
    {
        _activation = activation;
        _authorizer = authorizer;
        _options = options.Value;
        _tenant = TenantId.Parse(activation.Key);
        _state = activation.State<ApiKeysState>("keys");
    }

    public async ValueTask<ApiKeyIssued> CreateAsync(
        CallContext context, ApiKeyRequest request, CancellationToken cancellationToken)
    {
        var fault = _authorizer.Administer(context, _tenant, writes: true, AdminAreas.Keys)
            ?? await CheckAsync(context, request, cancellationToken);
        return fault is null ? await MakeAsync(request, cancellationToken) : new ApiKeyIssued { Fault = fault };
    }

    public async ValueTask<ApiKeyPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken)
    {
        if (_authorizer.Administer(context, _tenant, writes: false, AdminAreas.Keys) is { } fault)
        {
            return new ApiKeyPage { Fault = fault };
        }

        var ids = _state.Value.KeyIds
            .Where(id => string.CompareOrdinal(id, after) > 0)
            .Take(Math.Clamp(countMax, 1, PageMax) + 1)
            .ToList();
        var page = ids.Take(Math.Clamp(countMax, 1, PageMax)).ToList();
        var keys = new List<ApiKeyInfo>(page.Count);
        foreach (var id in page)
        {
            if (await Locate(id).DescribeAsync(cancellationToken) is { } info)
            {
                keys.Add(info);
            }
        }

        return new ApiKeyPage { Keys = keys, Next = ids.Count > page.Count ? page[^1] : null };
    }

    public async ValueTask<ApiKeyIssued> RotateAsync(
        CallContext context, string keyId, TimeSpan? grace, CancellationToken cancellationToken)
    {
        var fault = await RefusalOverAsync(context, keyId, cancellationToken);
        if (fault is null && grace is { } asked && (asked < TimeSpan.Zero || asked > TimeSpan.FromDays(90)))
        {
            fault = new McpFault(FaultReason.InvalidParams, "The grace of a rotation is at most 90 days.");
        }

        return fault is null
            ? await Locate(keyId).RotateAsync(grace, cancellationToken)
            : new ApiKeyIssued { Fault = fault };
    }

    public async ValueTask<McpFault?> RevokeAsync(
        CallContext context, string keyId, CancellationToken cancellationToken) =>
        _authorizer.Administer(context, _tenant, writes: true, AdminAreas.Keys)
        ?? CheckKnown(keyId)
        ?? await Locate(keyId).RevokeAsync(cancellationToken);

    public async ValueTask<ApiKeyIssued> IssueOperatorKeyAsync(bool replaces, CancellationToken cancellationToken)
    {
        if (_tenant != TenantId.Platform)
        {
            return new ApiKeyIssued { Fault = new McpFault(FaultReason.Forbidden, "Operators are of the platform.") };
        }

        if (replaces && _state.Value.OperatorKeyId is { } lost)
        {
            await Locate(lost).RevokeAsync(cancellationToken);
        }

        if (replaces || _state.Value.OperatorKeyId is not { } existing)
        {
            var request = new ApiKeyRequest
            {
                Name = "operator",
                Scopes = [McpScopes.Admin],
                Roles = [BuiltInRoles.Operator.Name],
                Lifetime = _options.LifetimeMax,
            };
            var issued = await MakeAsync(request, cancellationToken);
            if (issued.Info is { } info)
            {
                _state.Value = _state.Value with { OperatorKeyId = info.KeyId };
                await _state.WriteAsync(cancellationToken);
            }

            return issued;
        }

        // One that was made but never reached its file may be said again, as another text.
        var known = await Locate(existing).DescribeAsync(cancellationToken);
        return known is { LastUsedAt: null, IsRevoked: false }
            ? await Locate(existing).RotateAsync(TimeSpan.Zero, cancellationToken)
            : new ApiKeyIssued { Fault = new McpFault(FaultReason.Conflict, "The operators have their key.") };
    }

    /// <summary>
    /// Why the caller may not give a key a new text; null when it may. Ending one is for whoever may write keys: a key
    /// that leaked must not wait for somebody who may do as much.
    /// </summary>
    private async ValueTask<McpFault?> RefusalOverAsync(
        CallContext context, string keyId, CancellationToken cancellationToken)
    {
        var fault = _authorizer.Administer(context, _tenant, writes: true, AdminAreas.Keys) ?? CheckKnown(keyId);
        if (fault is not null || await Locate(keyId).DescribeAsync(cancellationToken) is not { } key)
        {
            return fault;
        }

        var tenant = await _activation.Grains.Locate<ITenantGrain>(_activation.Key).DescribeAsync(cancellationToken);
        return RoleResolver.RefusalOver(context, _tenant, tenant.Configuration, key.Roles);
    }

    private async ValueTask<McpFault?> CheckAsync(
        CallContext context, ApiKeyRequest request, CancellationToken cancellationToken)
    {
        if (_state.Value.KeyIds.Count >= _options.KeysMax)
        {
            return new McpFault(FaultReason.LimitExceeded, "The tenant has too many keys.");
        }

        var tenant = await _activation.Grains.Locate<ITenantGrain>(_activation.Key).DescribeAsync(cancellationToken);
        return tenant.Status == TenantStatus.None
            ? new McpFault(FaultReason.NotFound, "There is no such tenant.")
            : ApiKeyRules.Check(context, _tenant, tenant.Configuration, request, _options);
    }

    /// <summary>The id is durable before the key is: a key that nobody can list would be one nobody can end.</summary>
    private async ValueTask<ApiKeyIssued> MakeAsync(ApiKeyRequest request, CancellationToken cancellationToken)
    {
        var keyId = ApiKeyText.Create(_tenant).Address.KeyId;
        IReadOnlyList<string> ids = [.. _state.Value.KeyIds.Append(keyId).Order(StringComparer.Ordinal)];
        _state.Value = _state.Value with { KeyIds = ids };
        await _state.WriteAsync(cancellationToken);
        return await Locate(keyId).CreateAsync(request, cancellationToken);
    }

    private McpFault? CheckKnown(string keyId) => _state.Value.KeyIds.Contains(keyId) ? null : Unknown;

    private IApiKeyGrain Locate(string keyId) =>
        _activation.Grains.Locate<IApiKeyGrain>(new ApiKeyAddress(_tenant, keyId).ToString());
}
