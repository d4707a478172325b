namespace Smcp.Connections;

/// <summary>How we prove who we are at a token endpoint (RFC 7591 section 2), the better ones first.</summary>
internal static class AuthMethods
{
    public const string Basic = "client_secret_basic";
    public const string Post = "client_secret_post";
    public const string None = "none";

    /// <summary>
    /// The one to ask for; <see cref="Basic"/> where the server does not say which it takes (RFC 8414 section 2).
    /// </summary>
    public static string Best(IReadOnlyList<string> supported) =>
        supported.Count == 0 ? Basic
        : new[] { Basic, Post, None }.FirstOrDefault(supported.Contains) ?? Basic;

    /// <summary>The one to use with a secret, or without.</summary>
    public static string Of(IReadOnlyList<string> supported, bool hasSecret) =>
        !hasSecret ? None : Best([.. supported.Where(method => method != None)]);

    public static bool IsKnown(string? method) => method is Basic or Post or None;
}
