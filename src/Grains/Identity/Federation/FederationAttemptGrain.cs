using Smcp.Engine;

namespace Smcp.Identity.Federation;

/// <summary>Keeps one attempt until its browser comes back.</summary>
internal class FederationAttemptGrain : IFederationAttemptGrain, IRemindable
{
    private const string Expiry = "expiry";

    private readonly IActivationContext _activation;
    private readonly SecretDigester _digester;
    private readonly IGrainState<FederationAttemptState> _state;

    public FederationAttemptGrain(IActivationContext activation, SecretDigester digester)
    {
        _activation = activation;
        _digester = digester;
        _state = activation.State<FederationAttemptState>("attempt");
    }

    public async ValueTask BeginAsync(
        FederationAttempt attempt, string browser, CancellationToken cancellationToken)
    {
        if (_state.Exists)
        {
            throw new InvalidOperationException("An attempt begins once.");
        }

        var lifetime = attempt.ExpiresAt - _activation.Time.GetUtcNow();
        await _activation.SetReminderAsync(Expiry, lifetime, lifetime);
        _state.Value = new FederationAttemptState
        {
            Attempt = attempt,
            Browser = await _digester.DigestAsync(browser, cancellationToken),
        };
        await _state.WriteAsync(cancellationToken);
    }

    public async ValueTask<FederationAttempt?> TakeAsync(string browser, CancellationToken cancellationToken)
    {
        var isBrowser = await _digester.MatchesAsync(browser, _state.Value.Browser, cancellationToken);
        if (_state.Value.Attempt is not { } attempt || !isBrowser)
        {
            return null;
        }

        await EndAsync(cancellationToken);
        return _activation.Time.GetUtcNow() < attempt.ExpiresAt ? attempt : null;
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
