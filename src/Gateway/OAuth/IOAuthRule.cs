namespace Smcp.OAuth;

/// <summary>
/// One thing that a request must satisfy, and what is learned by it. An endpoint is a list of rules: the first that
/// refuses ends it.
/// </summary>
internal interface IOAuthRule<in TExchange>
{
    /// <summary>Why the request goes no further; null when it may.</summary>
    ValueTask<OAuthError?> CheckAsync(TExchange exchange, CancellationToken cancellationToken);
}
