using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Security.Audit;

namespace Smcp.Identity.OAuth.Keys;

/// <summary>
/// Keeps the keys that sign access tokens. Whatever is due happens when it is next asked: a change is durable before
/// anybody sees it.
/// </summary>
internal partial class SigningKeysGrain : ISigningKeysGrain
{
    private readonly IActivationContext _activation;
    private readonly OAuthAudit _audit;
    private readonly SigningKeyOptions _options;
    private readonly ILogger _logger;
    private readonly IGrainState<SigningKeysState> _state;

    public SigningKeysGrain(
        IActivationContext activation,
        OAuthAudit audit,
        IOptions<SigningKeyOptions> options,
        ILogger<SigningKeysGrain> logger)
    {
        _activation = activation;
        _audit = audit;
        _options = options.Value;
        _logger = logger;
        _state = activation.State<SigningKeysState>("keys");
    }

    private DateTimeOffset Now => _activation.Time.GetUtcNow();

    public async ValueTask<SigningKeySet> PublishAsync(CancellationToken cancellationToken)
    {
        await AdvanceAsync(cancellationToken);
        return new SigningKeySet
        {
            Keys = [.. _state.Value.Keys.Select(key => key.Publish())],
            MaxAge = _options.PublishedMaxAge,
        };
    }

    public async ValueTask<string> SignAsync(ReadOnlyMemory<byte> claims, CancellationToken cancellationToken)
    {
        await AdvanceAsync(cancellationToken);
        var active = SigningKeySchedule.ActiveOf(_state.Value.Keys)
            ?? throw new InvalidOperationException("No key is active after the keys were advanced.");
        return AccessTokenSigner.Sign(active, claims.Span);
    }

    public async Task<bool> RotateAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (!MayChange(context))
        {
            return false;
        }

        await AdvanceAsync(cancellationToken);
        await WriteAsync(
            SigningKeySchedule.Rotate(_state.Value.Keys, Now, _options, SigningKey.Create), cancellationToken);
        return true;
    }

    public async Task<bool> RevokeAsync(CallContext context, string keyId, CancellationToken cancellationToken)
    {
        var left = _state.Value.Keys.Where(key => key.Id != keyId).ToList();
        if (!MayChange(context) || left.Count == _state.Value.Keys.Count)
        {
            return false;
        }

        LogRevoked(_logger, keyId);
        _audit.SigningKeyChanged(AuditActions.KeyRevoked, keyId);
        await WriteAsync(
            SigningKeySchedule.Advance(left, Now, _options, SigningKey.Create), cancellationToken);
        return true;
    }

    private static bool MayChange(CallContext context) =>
        context.Permissions.Any(p => Permission.Covers(p, Permissions.PlatformWrite, AdminAreas.Encryption));

    private async ValueTask AdvanceAsync(CancellationToken cancellationToken)
    {
        var keys = _state.Value.Keys;
        var next = SigningKeySchedule.Advance(keys, Now, _options, SigningKey.Create);
        if (!ReferenceEquals(next, keys))
        {
            await WriteAsync(next, cancellationToken);
        }
    }

    private async ValueTask WriteAsync(IReadOnlyList<SigningKey> keys, CancellationToken cancellationToken)
    {
        var before = _state.Value;
        _state.Value = new SigningKeysState { Keys = keys };
        try
        {
            await _state.WriteAsync(cancellationToken);
        }
        catch
        {
            // A key that is not stored must not sign: what this activation knows is no more than what is stored.
            _state.Value = before;
            throw;
        }

        LogChanged(_logger, keys.Count, SigningKeySchedule.ActiveOf(keys)?.Id ?? "none");
        if (SigningKeySchedule.ActiveOf(keys) is { } active
            && active.Id != SigningKeySchedule.ActiveOf(before.Keys)?.Id)
        {
            _audit.SigningKeyChanged(AuditActions.KeyRotated, active.Id);
        }
    }
}
