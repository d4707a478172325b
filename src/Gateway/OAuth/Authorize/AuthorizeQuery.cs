using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

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

    /// <summary>What a query may hold (RFC 3986 section 3.4).</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?%");

    /// <summary>The parameters of a query as it stands in an address, without the question mark.</summary>
    public static AuthorizeQuery Read(string text) => new(new QueryCollection(QueryHelpers.ParseQuery(text)));

    /// <summary>The same query, as it may stand in an address: nothing in it ends the query or the line.</summary>
    public static string Written(string text) => text.AsSpan().ContainsAnyExcept(Plain)
        ? QueryString.Create(QueryHelpers.ParseQuery(text)).ToUriComponent().TrimStart('?')
        : text;

    /// <summary>The value; null where it is missing, empty (which OAuth takes as missing), or there twice.</summary>
    public string? this[string name] => query[name] is [{ Length: > 0 } value] ? value : null;

    public int CountOf(string name) => query[name].Count;

    /// <summary>Whether any parameter came twice (OAuth 2.1 section 3.1), known to us or not.</summary>
    public bool HasDuplicates(params string[] except) =>
        query.Any(pair => pair.Value.Count > 1 && !except.Contains(pair.Key, StringComparer.Ordinal));
}
