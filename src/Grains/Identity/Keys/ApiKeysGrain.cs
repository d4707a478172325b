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
            var key = await Locate(keyId).DescribeAsync(cancellationToken);
            fault = await _credentials.RefusalOfRotationAsync(context, key?.Roles ?? [], grace, cancellationToken);
        }

        return fault is null
            ? await Locate(keyId).RotateAsync(grace, cancellationToken)
            : new ApiKeyIssued { Fault = fault };
    }

    public async ValueTask<McpFault?> RevokeAsync(
        CallContext context, string keyId, CancellationToken cancellationToken) =>
        _credentials.RefusalOf(context, writes: true)
        ?? CheckKnown(keyId)
        ?? await Locate(keyId).RevokeAsync(cancellationToken);

    public async ValueTask<ApiKeyIssued> IssueOperatorKeyAsync(bool replaces, CancellationToken cancellationToken)
    {
        if (Tenant != TenantId.Platform)
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

    private async ValueTask<McpFault?> CheckAsync(
        CallContext context, ApiKeyRequest request, CancellationToken cancellationToken)
    {
        if (_state.Value.KeyIds.Count >= _options.KeysMax)
        {
            return new McpFault(FaultReason.LimitExceeded, "The tenant has too many keys.");
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
        _state.Value = _state.Value with { KeyIds = ids };
        await _state.WriteAsync(cancellationToken);
        return await Locate(keyId).CreateAsync(request, cancellationToken);
    }

    private McpFault? CheckKnown(string keyId) => _state.Value.KeyIds.Contains(keyId) ? null : Unknown;

    private IApiKeyGrain Locate(string keyId) =>
        _activation.Grains.Locate<IApiKeyGrain>(new ApiKeyAddress(Tenant, keyId).ToString());
}
