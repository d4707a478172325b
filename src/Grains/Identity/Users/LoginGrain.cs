using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Tenants;

namespace Smcp.Identity.Users;

/// <summary>
/// Counts the tries under one login name: by address, so that a stranger's failures keep the stranger out and not the
/// user; and over all addresses, with more of them free, since an attacker may have many. A browser that the user
/// logged in with before has a count of its own: with it they get in while somebody is guessing from everywhere.
/// </summary>
internal class LoginGrain : ILoginGrain
{
    private const string Nobody = "nobody-";

    private readonly IActivationContext _activation;
    private readonly UserOptions _options;
    private readonly TenantId _tenant;
    private readonly LoginDelays _strangers;
    private readonly LoginDelays _known;
    private readonly Dictionary<string, LoginDelays> _addresses = new(StringComparer.Ordinal);

    public LoginGrain(IActivationContext activation, IOptions<UserOptions> options)
    {
        _activation = activation;
        _options = options.Value;
        _tenant = TenantId.Parse(activation.Key.Split('/')[0]);
        _strangers = new LoginDelays(_options, activation.Time, _options.NameFailuresFree);
        _known = new LoginDelays(_options, activation.Time, _options.FailuresFree);
    }

    public async ValueTask<LoginOutcome> TryAsync(PasswordAttempt attempt, CancellationToken cancellationToken)
    {
        var user = await UserAsync(attempt.LoginName, cancellationToken);
        var isKnown = attempt.Device is { } device && await user.KnowsDeviceAsync(device, cancellationToken);
        LoginDelays[] counts = isKnown ? [_known] : [_strangers, OfAddress(attempt.Address ?? string.Empty)];
        if (counts.Max(count => count.Remaining) is var wait && wait > TimeSpan.Zero)
        {
            return LoginOutcome.Refused(
                new McpFault(FaultReason.LimitExceeded, "Too many wrong passwords.") { RetryAfter = wait });
        }

        var outcome = await user.CheckPasswordAsync(
            isKnown ? attempt : attempt with { Device = null }, cancellationToken);
        Count(counts, outcome);
        return outcome;
    }

    /// <summary>
    /// Whose name it is. A name that nobody has goes the same way, to a user that does not exist; and one of a tenant
    /// that is not there, or not any more, to such a user of the platform, since nothing of the tenant can be read.
    /// </summary>
    private async ValueTask<IUserGrain> UserAsync(LoginName name, CancellationToken cancellationToken)
    {
        var tenant = await _activation.Grains.Locate<ITenantGrain>(_tenant.ToString())
            .DescribeAsync(cancellationToken);
        var isThere = tenant.Status.IsThere();
        var found = isThere
            ? await _activation.Grains.Locate<IUserDirectoryGrain>(_tenant.ToString())
                .FindAsync(name, cancellationToken)
            : null;
        var id = found is null ? UserId.Parse(Nobody + _activation.Key[^20..]) : UserId.Parse(found);
        return _activation.Grains.Locate<IUserGrain>(
            new UserKey(isThere ? _tenant : TenantId.Platform, id).ToString());
    }

    private void Count(LoginDelays[] counts, LoginOutcome outcome)
    {
        foreach (var count in counts)
        {
            if (outcome.Fault is null)
            {
                count.Succeed();
            }
            else if (outcome.Fault.Reason == FaultReason.InvalidCredential)
            {
                count.Fail();
                _activation.DelayDeactivation(LoginDelays.MemoryOf(_options));
            }
        }
    }

    private LoginDelays OfAddress(string address)
    {
        if (_addresses.TryGetValue(address, out var known))
        {
            return known;
        }

        foreach (var (forgotten, _) in _addresses.Where(pair => pair.Value.IsForgotten).ToList())
        {
            _addresses.Remove(forgotten);
        }

        var delays = new LoginDelays(_options, _activation.Time, _options.FailuresFree);
        // Beyond the bound an address has no count of its own; the one over all of them goes on.
        if (_addresses.Count < _options.AddressesMax)
        {
            _addresses[address] = delays;
        }

        return delays;
    }
}
