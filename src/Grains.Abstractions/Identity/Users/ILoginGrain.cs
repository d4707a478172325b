using Smcp.Engine;

namespace Smcp.Identity.Users;

/// <summary>
/// The tries to log in under one name, whether anybody has it or not; key: <see cref="LoginKey"/>. It counts failures
/// and makes each wait longer, in memory: the count ends with the process.
/// </summary>
[Grain("login")]
public interface ILoginGrain
{
    /// <summary>From a gateway: one try, after those before it.</summary>
    ValueTask<LoginOutcome> TryAsync(PasswordAttempt attempt, CancellationToken cancellationToken);
}
