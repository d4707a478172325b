using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Storage;
using Smcp.Tenants;

namespace Smcp.Identity.Keys;

/// <summary>One API key.</summary>
internal class ApiKeyGrain : IApiKeyGrain
{
    private static readonly McpFault Unknown = new(FaultReason.NotFound, "There is no such key.");
    private static readonly ApiKeyIssued NotThere = new() { Fault = Unknown };

    private readonly IActivationContext _activation;
    private readonly SecretDigester _digester;
    private readonly ApiKeyOptions _options;
    private readonly ApiKeyAddress _address;
    private readonly IGrainState<ApiKeyState> _state;

    public ApiKeyGrain(IActivationContext activation, SecretDigester digester, IOptions<ApiKeyOptions> options)
    {
        _activation = activation;
        _digester = digester;
        _options = options.Value;
        _address = ApiKeyAddress.Parse(activation.Key);
        _state = activation.State<ApiKeyState>("key");
    }

    private DateTimeOffset Now => _activation.Time.GetUtcNow();

    public async ValueTask<CredentialLookup> VerifyAsync(string presented, CancellationToken cancellationToken)
    {
        var state = _state.Value;
        var isCurrent = await _digester.MatchesAsync(presented, state.Current, cancellationToken);
        var isPrevious = await _digester.MatchesAsync(presented, state.Previous, cancellationToken);
        if (state.Info is not { } info || !(isCurrent || isPrevious))
        {
            if (!_state.Exists)
            {
                // An id that names no key must not cost memory.
                _activation.Deactivate();
            }

            return CredentialLookup.Refused(
                await WasRevokedAsync(presented, cancellationToken) ? "revoked" : "unknown");
        }

        var cause = info.ExpiresAt <= Now ? "expired"
            : !isCurrent && !(Now < info.PreviousUntil) ? "rotated"
            : null;
        if (cause is not null)
        {
            return CredentialLookup.Refused(cause);
        }

        var tenant = await TenantAsync(cancellationToken);
        if (tenant.Generation != state.Generation)
        {
            return CredentialLookup.Refused("revoked");
        }

        await MarkUsedAsync(cancellationToken);
        return CredentialLookup.Of(CallerOf(info, tenant, isCurrent ? info.ExpiresAt : info.PreviousUntil));
    }

    public async ValueTask<ApiKeyIssued> CreateAsync(ApiKeyRequest request, CancellationToken cancellationToken)
    {
        if (_state.Exists)
        {
            return new ApiKeyIssued { Fault = new McpFault(FaultReason.Conflict, "The key exists already.") };
        }

        var text = ApiKeyText.Create(_address.Tenant, _address.KeyId);
        var info = new ApiKeyInfo
        {
            KeyId = _address.KeyId,
            Name = request.Name,
            Last4 = text.Last4,
            Scopes = request.Scopes,
            Roles = request.Roles,
            CreatedAt = Now,
            ExpiresAt = Now + (request.Lifetime ?? _options.Lifetime),
        };
        return await IssueAsync(text, info, previous: null, cancellationToken);
    }

    public ValueTask<ApiKeyInfo?> DescribeAsync(CancellationToken cancellationToken) => new(_state.Value.Info);

    public async ValueTask<ApiKeyIssued> RotateAsync(TimeSpan? grace, CancellationToken cancellationToken)
    {
        if (_state.Value.Info is not { IsRevoked: false } info)
        {
            return NotThere;
        }

        var until = Now + (grace ?? _options.RotationGrace);
        var text = ApiKeyText.Create(_address.Tenant, _address.KeyId);
        var lifetime = info.ExpiresAt is { } expiry ? expiry - info.CreatedAt : (TimeSpan?)null;
        var rotated = info with
        {
            Last4 = text.Last4,
            CreatedAt = Now,
            ExpiresAt = Now + lifetime,
            PreviousUntil = info.ExpiresAt < until ? info.ExpiresAt : until,
        };
        return await IssueAsync(text, rotated, _state.Value.Current, cancellationToken);
    }

    public async ValueTask<McpFault?> RevokeAsync(CancellationToken cancellationToken)
    {
        if (_state.Value.Info is not { } info)
        {
            return Unknown;
        }

        if (!info.IsRevoked)
        {
            // The digests are put away: a revoked key cannot come back by an edit of one flag.
            _state.Value = new ApiKeyState
            {
                Info = info with { IsRevoked = true, PreviousUntil = null },
                Generation = _state.Value.Generation,
                Revoked = [.. new[] { _state.Value.Current, _state.Value.Previous }.OfType<SecretDigest>()],
            };
            await _state.WriteAsync(cancellationToken);
        }

        return null;
    }

    public async ValueTask ForgetAsync(CancellationToken cancellationToken)
    {
        if (_state.Value.Info is { } info && (info.IsRevoked || info.ExpiresAt <= Now))
        {
            await _state.ClearAsync(cancellationToken);
            _activation.Deactivate();
        }
    }

    private async ValueTask<bool> WasRevokedAsync(string presented, CancellationToken cancellationToken)
    {
        foreach (var digest in _state.Value.Revoked)
        {
            if (await _digester.MatchesAsync(presented, digest, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<ApiKeyIssued> IssueAsync(
        ApiKeyText text, ApiKeyInfo info, SecretDigest? previous, CancellationToken cancellationToken)
    {
        var digest = await _digester.DigestAsync(text.Text, cancellationToken);
        _state.Value = new ApiKeyState
        {
            Info = info,
            Generation = _state.Exists ? _state.Value.Generation : (await TenantAsync(cancellationToken)).Generation,
            Current = digest,
            Previous = previous,
        };
        await _state.WriteAsync(cancellationToken);
        return new ApiKeyIssued { Info = info, Text = text.Text };
    }

    private ValueTask<TenantSnapshot> TenantAsync(CancellationToken cancellationToken) =>
        _activation.Grains.Locate<ITenantGrain>(_address.Tenant.ToString()).DescribeAsync(cancellationToken);

    private CallerIdentity CallerOf(ApiKeyInfo info, TenantSnapshot tenant, DateTimeOffset? expiresAt) => new()
    {
        Tenant = _address.Tenant,
        Principal = PrincipalId.Parse($"key:{info.KeyId}"),
        Credential = $"key:{info.KeyId}",
        Scopes = info.Scopes,
        Roles = info.Roles,
        Permissions = RoleResolver.PermissionsOf(_address.Tenant, tenant.Configuration, info.Roles),
        ExpiresAt = expiresAt,
    };

    private async ValueTask MarkUsedAsync(CancellationToken cancellationToken)
    {
        var info = _state.Value.Info!;
        if (info.LastUsedAt is not { } last || Now - last >= _options.LastUseGranularity)
        {
            _state.Value = _state.Value with { Info = info with { LastUsedAt = Now } };
            try
            {
                await _state.WriteAsync(cancellationToken);
            }
            catch (StorageUnavailableException)
            {
                // Nobody waits for a last-use time; the next use stores it.
            }
        }
    }
}
