using Microsoft.AspNetCore.Http;

namespace Smcp.OAuth.Token;

/// <summary>The scopes, if some are named, are words (RFC 6749 section 3.3).</summary>
internal sealed class ScopesAreWellFormed : IOAuthRule<TokenExchange>
{
    private const int ScopesMax = 32;

    private static readonly OAuthError Refused = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidScope, "The scope is not a list of scopes.");

    public ValueTask<OAuthError?> CheckAsync(TokenExchange exchange, CancellationToken cancellationToken)
    {
        exchange.Scopes = exchange.Form["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new(exchange.Scopes is { } scopes && (scopes.Count is 0 or > ScopesMax || !scopes.All(IsScope))
            ? Refused
            : null);
    }

    private static bool IsScope(string text) =>
        text.All(c => c is >= '!' and <= '~' and not '"' and not '\\');
}
