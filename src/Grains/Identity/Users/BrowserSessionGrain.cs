using Microsoft.Extensions.Options;
using Smcp.Engine;

namespace Smcp.Identity.Users;

/// <summary>
/// A browser session. Each use asks the user's grain, so one that was disabled, or ended all their sessions, is out at
/// once.
/// </summary>
internal class BrowserSessionGrain : IBrowserSessionGrain, IRemindable
{
    private const string Expiry = "expiry";

    private readonly IActivationContext _activation;
    private readonly UserOptions _options;
    private readonly BrowserSessionKey _key;
    private readonly IGrainState<BrowserSessionState> _state;

    public BrowserSessionGrain(IActivationContext activation, IOptions<UserOptions> options)
    {
        _activation = activation;
        _options = options.Value;
        _key = BrowserSessionKey.Parse(activation.Key);
        _state = activation.State<BrowserSessionState>("session");
    }

    private DateTimeOffset Now => _activation.Time.GetUtcNow();

    public async ValueTask BeginAsync(UserStanding user, CancellationToken cancellationToken)
    {
        if (_state.Value.User is not null)
        {
            throw new InvalidOperationException("A browser session begins once.");
        }

        await _activation.SetReminderAsync(Expiry, _options.SessionLifetime, _options.SessionLifetime);
        _state.Value = new BrowserSessionState { User = user.Id, Epoch = user.Epoch, BeganAt = Now, SeenAt = Now };
        await _state.WriteAsync(cancellationToken);
    }

    public async ValueTask<UserStanding?> ReadAsync(CancellationToken cancellationToken)
    {
        var session = _state.Value;
        if (session.User is not { } id)
        {
            return null;
        }

        var key = new UserKey(_key.Tenant, id).ToString();
        var user = await _activation.Grains.Locate<IUserGrain>(key).StandingAsync(cancellationToken);
        if (IsOver(session) || user.Status != UserStatus.Active || user.Epoch != session.Epoch)
        {
            await EndAsync(cancellationToken);
            return null;
        }

        if (Now - session.SeenAt > _options.SessionIdle / 10)
        {
            _state.Value = session with { SeenAt = Now };
            await _state.WriteAsync(cancellationToken);
        }

        return user;
    }

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_state.Exists)
        {
            await _state.ClearAsync(cancellationToken);
            await _activation.RemoveReminderAsync(Expiry);
        }
    }

    public async Task OnReminderAsync(string name, CancellationToken cancellationToken)
    {
        if (_state.Value.User is null || IsOver(_state.Value))
        {
            await EndAsync(cancellationToken);
            await _activation.RemoveReminderAsync(Expiry);
        }
    }

    private bool IsOver(BrowserSessionState session) =>
        Now - session.SeenAt >= _options.SessionIdle || Now - session.BeganAt >= _options.SessionLifetime;
}
