using Smcp.Engine;

namespace Smcp.Identity.Replays;

/// <summary>
/// What one caller's requests with an <c>Idempotency-Key</c> were answered; key: <see cref="ReplayKey"/>. So a request
/// that is sent again is done once.
/// </summary>
[Grain("replays")]
public interface IReplayGrain
{
    /// <summary>
    /// From a gateway, before it does what is asked: takes the key for this request, durably; or says what became of
    /// the one that took it before.
    /// </summary>
    ValueTask<ReplayOutcome> BeginAsync(string key, string digest, CancellationToken cancellationToken);

    /// <summary>From a gateway: how the request was answered. Null: nothing was done, the key is free again.</summary>
    ValueTask EndAsync(string key, ReplayAnswer? answer, CancellationToken cancellationToken);
}
