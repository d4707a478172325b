using Smcp.Engine;

namespace Smcp.Identity.Federation;

/// <summary>
/// One way to a provider and back; key: tenant and the SHA-256 of its state, as <see cref="Users.BrowserSessionKey"/>.
/// </summary>
[Grain("federation-attempt")]
public interface IFederationAttemptGrain
{
    /// <summary>
    /// From the tenant's federation: remembers what must come back, and to which browser. Durable before it returns.
    /// </summary>
    ValueTask BeginAsync(FederationAttempt attempt, string browser, CancellationToken cancellationToken);

    /// <summary>
    /// From the tenant's federation: the attempt, which is gone when this returns; null for another browser, and once
    /// it was taken or is too old.
    /// </summary>
    ValueTask<FederationAttempt?> TakeAsync(string browser, CancellationToken cancellationToken);
}
