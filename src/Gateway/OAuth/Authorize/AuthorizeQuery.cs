using Microsoft.AspNetCore.Http;

namespace Smcp.OAuth.Authorize;

/// <summary>The parameters of an authorization request.</summary>
internal sealed class AuthorizeQuery(IQueryCollection query)
{
    public const string ClientId = "client_id";
    public const string RedirectUri = "redirect_uri";
    public const string ResponseType = "response_type";
    public const string ResponseMode = "response_mode";
    public const string State = "state";
    public const string Scope = "scope";
    public const string Resource = "resource";
    public const string CodeChallenge = "code_challenge";
    public const string CodeChallengeMethod = "code_challenge_method";
    public const string RequestObject = "request";
    public const string RequestUri = "request_uri";

    /// <summary>The value; null where it is missing, empty (which OAuth takes as missing), or there twice.</summary>
    public string? this[string name] => query[name] is [{ Length: > 0 } value] ? value : null;

    public int CountOf(string name) => query[name].Count;

    /// <summary>Whether any parameter came twice (OAuth 2.1 section 3.1), known to us or not.</summary>
    public bool HasDuplicates(params string[] except) =>
        query.Any(pair => pair.Value.Count > 1 && !except.Contains(pair.Key, StringComparer.Ordinal));
}
