using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Storage;
using Smcp.Tenants;

namespace Smcp.Identity.Keys;

/// <summary>A tenant's API keys: who may make and end them, and which there are.</summary>
internal class ApiKeysGrain : IApiKeysGrain
{
    private const int ForgottenAtOnceMax = 200;

    private static readonly McpFault Unknown = new(FaultReason.NotFound, "There is no such key.");

    private readonly IActivationContext _activation;
    private readonly TenantCredentials _credentials;
    private readonly ApiKeyOptions _options;
    private readonly IGrainState<ApiKeysState> _state;

    public ApiKeysGrain(IActivationContext activation, Authorizer authorizer, IOptions<ApiKeyOptions> options)
    {
        _activation = activation;
        _credentials = new TenantCredentials(activation, authorizer, AdminAreas.Keys);
        _options = options.Value;
        _state = activation.State<ApiKeysState>("keys");
    }

    private TenantId Tenant => _credentials.Tenant;

    private DateTimeOffset Now => _activation.Time.GetUtcNow();

    public async ValueTask<ApiKeyIssued> CreateAsync(
        CallContext context, ApiKeyRequest request, CancellationToken cancellationToken)
    {
        var fault = _credentials.RefusalOf(context, writes: true)
            ?? await CheckAsync(context, request, cancellationToken);
        return fault is null ? await MakeAsync(request, cancellationToken) : new ApiKeyIssued { Fault = fault };
    }

    public async ValueTask<ApiKeyPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken)
    {
        if (_credentials.RefusalOf(context, writes: false) is { } fault)
        {
            return new ApiKeyPage { Fault = fault };
        }

        await ForgetAsync(cancellationToken);
        var (ids, next) = KeyPage.Of(_state.Value.KeyIds, id => id, after, countMax);
        var keys = new List<ApiKeyInfo>(ids.Count);
        foreach (var id in ids)
        {
            if (await Locate(id).DescribeAsync(cancellationToken) is { } info)
            {
                keys.Add(info);
            }
        }

        return new ApiKeyPage { Keys = keys, Next = next };
    }

    public async ValueTask<ApiKeyIssued> RotateAsync(
        CallContext context, string keyId, TimeSpan? grace, CancellationToken cancellationToken)
    {
        var fault = _credentials.RefusalOf(context, writes: true) ?? CheckKnown(keyId);
        if (fault is null)
        {
            var roles = await RolesOfAsync(keyId, cancellationToken);
            fault = await _credentials.RefusalOfRotationAsync(context, roles, grace, cancellationToken);
        }

        // One that expired is in force again by it.
        fault ??= ApiKeyEnds.IsInForce(_state.Value, keyId, Now) ? null : await RefusalOfMoreAsync(cancellationToken);
        return fault is null
            ? await RotateAsync(keyId, grace, cancellationToken)
            : new ApiKeyIssued { Fault = fault };
    }

    public async ValueTask<McpFault?> RevokeAsync(
        CallContext context, string keyId, CancellationToken cancellationToken)
    {
        var fault = _credentials.RefusalOf(context, writes: true)
            ?? CheckKnown(keyId)
            ?? await _credentials.RefusalOverAsync(
                context, await RolesOfAsync(keyId, cancellationToken), cancellationToken)
            ?? await Locate(keyId).RevokeAsync(cancellationToken);
        if (fault is null)
        {
            await EndAsync(keyId, cancellationToken);
            await ForgetAsync(cancellationToken);
        }

        return fault;
    }

    public async ValueTask<ApiKeyIssued> IssueOperatorKeyAsync(bool replaces, CancellationToken cancellationToken)
    {
        if (Tenant != TenantId.Platform)
        {
            return new ApiKeyIssued { Fault = new McpFault(FaultReason.Forbidden, "Operators are of the platform.") };
        }

        if (replaces && _state.Value.OperatorKeyId is { } lost)
        {
            await Locate(lost).RevokeAsync(cancellationToken);
            await EndAsync(lost, cancellationToken);
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
                await WriteAsync(_state.Value with { OperatorKeyId = info.KeyId }, cancellationToken);
            }

            return issued;
        }

        // One that was made but never reached its file may be said again, as another text.
        var known = await Locate(existing).DescribeAsync(cancellationToken);
        return known is { LastUsedAt: null, IsRevoked: false }
            ? await RotateAsync(existing, TimeSpan.Zero, cancellationToken)
            : new ApiKeyIssued { Fault = new McpFault(FaultReason.Conflict, "The operators have their key.") };
    }

    private async ValueTask<McpFault?> CheckAsync(
        CallContext context, ApiKeyRequest request, CancellationToken cancellationToken)
    {
        if (await RefusalOfMoreAsync(cancellationToken) is { } full)
        {
            return full;
        }

        var tenant = await _credentials.DescribeTenantAsync(cancellationToken);
        return tenant.Status == TenantStatus.None
            ? new McpFault(FaultReason.NotFound, "There is no such tenant.")
            : ApiKeyRules.Check(context, Tenant, tenant.Configuration, request, _options);
    }

    /// <summary>The id is durable before the key is: a key that nobody can list would be one nobody can end.</summary>
    private async ValueTask<ApiKeyIssued> MakeAsync(ApiKeyRequest request, CancellationToken cancellationToken)
    {
        var keyId = ApiKeyText.Create(Tenant).Address.KeyId;
        IReadOnlyList<string> ids = [.. _state.Value.KeyIds.Append(keyId).Order(StringComparer.Ordinal)];
        var end = new ApiKeyEnd(keyId, Now + (request.Lifetime ?? _options.Lifetime));
        await WriteAsync(ApiKeyEnds.With(_state.Value with { KeyIds = ids }, end), cancellationToken);
        return await Locate(keyId).CreateAsync(request, cancellationToken);
    }

    private async ValueTask<ApiKeyIssued> RotateAsync(
        string keyId, TimeSpan? grace, CancellationToken cancellationToken)
    {
        var issued = await Locate(keyId).RotateAsync(grace, cancellationToken);
        if (issued.Info is { } info)
        {
            await WriteAsync(ApiKeyEnds.With(_state.Value, EndOf(info)), cancellationToken);
        }

        return issued;
    }

    /// <summary>Notes that a key ended, where it had not already.</summary>
    private async ValueTask EndAsync(string keyId, CancellationToken cancellationToken)
    {
        if (_state.Value.KeyIds.Contains(keyId) && ApiKeyEnds.IsInForce(_state.Value, keyId, Now))
        {
            await WriteAsync(ApiKeyEnds.With(_state.Value, new ApiKeyEnd(keyId, Now)), cancellationToken);
        }
    }

    /// <summary>Those that ended do not count.</summary>
    private async ValueTask<McpFault?> RefusalOfMoreAsync(CancellationToken cancellationToken)
    {
        await ForgetAsync(cancellationToken);
        return ApiKeyEnds.CountInForce(_state.Value, Now) >= _options.KeysMax
            ? new McpFault(FaultReason.LimitExceeded, "The tenant has too many keys.")
            : null;
    }

    /// <summary>
    /// Keys that ended long ago, or before too many others, are forgotten: first the key, then its place in the list.
    /// </summary>
    private async ValueTask ForgetAsync(CancellationToken cancellationToken)
    {
        await LearnEndsAsync(cancellationToken);
        var over = ApiKeyEnds.Over(_state.Value, Now, _options).Take(ForgottenAtOnceMax).ToHashSet();
        if (over.Count > 0)
        {
            foreach (var keyId in over)
            {
                await Locate(keyId).ForgetAsync(cancellationToken);
            }

            await WriteAsync(ApiKeyEnds.Without(_state.Value, over), cancellationToken);
        }
    }

    /// <summary>Keys of before are asked once. A key that was never made ends now.</summary>
    private async ValueTask LearnEndsAsync(CancellationToken cancellationToken)
    {
        if (_state.Value.Ends.Count == _state.Value.KeyIds.Count)
        {
            return;
        }

        var state = _state.Value;
        foreach (var keyId in state.KeyIds.Except(state.Ends.Select(end => end.KeyId)).ToList())
        {
            var info = await Locate(keyId).DescribeAsync(cancellationToken);
            state = ApiKeyEnds.With(
                state, info is { IsRevoked: false } ? EndOf(info) : new ApiKeyEnd(keyId, Now));
        }

        await WriteAsync(state, cancellationToken);
    }

    private static ApiKeyEnd EndOf(ApiKeyInfo key) => new(key.KeyId, key.ExpiresAt ?? DateTimeOffset.MaxValue);

    private ValueTask WriteAsync(ApiKeysState state, CancellationToken cancellationToken)
    {
        _state.Value = state;
        return _state.WriteAsync(cancellationToken);
    }

    private async ValueTask<IReadOnlyList<string>> RolesOfAsync(string keyId, CancellationToken cancellationToken) =>
        (await Locate(keyId).DescribeAsync(cancellationToken))?.Roles ?? [];

    private McpFault? CheckKnown(string keyId) => _state.Value.KeyIds.Contains(keyId) ? null : Unknown;

    private IApiKeyGrain Locate(string keyId) =>
        _activation.Grains.Locate<IApiKeyGrain>(new ApiKeyAddress(Tenant, keyId).ToString());
}
