using Microsoft.Extensions.Options;
using Smcp.Engine;

namespace Smcp.Identity.OAuth.Authorizations;

/// <summary>Keeps one authorization request until its user answers.</summary>
internal class AuthorizationGrain : IAuthorizationGrain, IRemindable
{
    private const string Expiry = "expiry";

    private readonly IActivationContext _activation;
    private readonly SecretDigester _digester;
    private readonly AuthorizationOptions _options;
    private readonly IGrainState<AuthorizationState> _state;

    public AuthorizationGrain(
        IActivationContext activation, SecretDigester digester, IOptions<AuthorizationOptions> options)
    {
        _activation = activation;
        _digester = digester;
        _options = options.Value;
        _state = activation.State<AuthorizationState>("request");
    }

    public async ValueTask BeginAsync(
        AuthorizationRequest request, string browser, CancellationToken cancellationToken)
    {
        if (_state.Exists)
        {
            throw new InvalidOperationException("An authorization request begins once.");
        }

        await _activation.SetReminderAsync(Expiry, _options.Lifetime, _options.Lifetime);
        _state.Value = new AuthorizationState
        {
            Request = request,
            Browser = await _digester.DigestAsync(browser, cancellationToken),
            ExpiresAt = _activation.Time.GetUtcNow() + _options.Lifetime,
        };
        await _state.WriteAsync(cancellationToken);
    }

    public async ValueTask<AuthorizationRequest?> ReadAsync(string browser, CancellationToken cancellationToken)
    {
        var isBrowser = await _digester.MatchesAsync(browser, _state.Value.Browser, cancellationToken);
        return isBrowser && _activation.Time.GetUtcNow() < _state.Value.ExpiresAt ? _state.Value.Request : null;
    }

    public async ValueTask<AuthorizationRequest?> TakeAsync(string browser, CancellationToken cancellationToken)
    {
        if (await ReadAsync(browser, cancellationToken) is not { } request)
        {
            return null;
        }

        await EndAsync(cancellationToken);
        return request;
    }

    public Task OnReminderAsync(string name, CancellationToken cancellationToken) => EndAsync(cancellationToken);

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_state.Exists)
        {
            await _state.ClearAsync(cancellationToken);
        }

        await _activation.RemoveReminderAsync(Expiry);
    }
}
