using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Identity.Users;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>
/// A grant as it is stored: how it begins, changes and ends, and that somebody looks when its time is over. What is not
/// stored did not happen.
/// </summary>
internal sealed partial class GrantLife(
    IActivationContext activation, GrantKey key, OAuthAudit audit, GrantOptions options, ILogger logger)
{
    private const string EndReminder = "end";

    private readonly IGrainState<GrantState> _state = activation.State<GrantState>("grant");

    /// <summary>How late its end may be looked at.</summary>
    public static TimeSpan ReminderMin { get; } = TimeSpan.FromMinutes(1);

    public GrantState Grant => _state.Value;

    private DateTimeOffset Now => activation.Time.GetUtcNow();

    /// <summary>
    /// Its user's list first: a grant that is stored is one that its user can end. Where it speaks for no user, there
    /// is none.
    /// </summary>
    public async ValueTask ListAsync(PrincipalId principal, ClientId client, CancellationToken cancellationToken)
    {
        if (UserId.TryOf(principal, out var user))
        {
            await activation.Grains.Locate<IUserGrantsGrain>(new UserKey(key.Tenant, user).ToString())
                .AddAsync(key.Grant, client, cancellationToken);
        }
    }

    /// <summary>
    /// Stores what it is now. The first time the reminder goes before: a grant that is stored is always looked at when
    /// it ends.
    /// </summary>
    public async Task WriteAsync(GrantState grant, CancellationToken cancellationToken)
    {
        var before = _state.Value;
        if (before.Client is null)
        {
            await RemindAsync(grant);
        }

        _state.Value = grant;
        try
        {
            await _state.WriteAsync(cancellationToken);
        }
        catch
        {
            // Another attempt is judged by what is stored.
            _state.Value = before;
            throw;
        }
    }

    /// <summary>Ends it, and every token of it.</summary>
    public async Task EndAsync(string cause, CancellationToken cancellationToken)
    {
        if (Grant.Client is { } client && !Grant.IsRevoked)
        {
            LogRevoked(logger, key.Grant, cause);
            audit.TokenRevoked(key, Grant.Principal, client, cause);
            await WriteAsync(Grant with { IsRevoked = true }, cancellationToken);
        }
    }

    /// <summary>Ends one access token; all of it where there are too many such.</summary>
    public async Task RevokeAsync(RevokedToken token, CancellationToken cancellationToken)
    {
        RevokedToken[] revoked = [.. Grant.RevokedTokens.Where(t => t.ExpiresAt > Now && t.Id != token.Id), token];
        if (revoked.Length > options.RevokedTokensMax)
        {
            await EndAsync("its client revoked too many of its tokens", cancellationToken);
            return;
        }

        await WriteAsync(Grant with { RevokedTokens = revoked }, cancellationToken);
    }

    /// <summary>The reminder: removes what is over.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (Grant.Client is not null && !Grant.IsOver(Now))
        {
            await RemindAsync(Grant);
            return;
        }

        await activation.RemoveReminderAsync(EndReminder);
        await _state.ClearAsync(cancellationToken);
        activation.Deactivate();
    }

    private ValueTask RemindAsync(GrantState grant)
    {
        var end = grant.EndsAt < grant.IdleEndsAt ? grant.EndsAt : grant.IdleEndsAt;
        var due = end - Now is var left && left > ReminderMin ? left : ReminderMin;
        return activation.SetReminderAsync(EndReminder, due, due);
    }
}
