using Smcp.Protocol;

namespace Smcp.Connections;

/// <summary>What people and clients are told of connections.</summary>
internal static class ConnectionWords
{
    public const string Over = "It was revoked, or it expired.";
    public const string NoAttempt = "This connection was not begun here, or too long ago. Please begin again.";
    public const string OtherIssuer = "The answer came from another authorization server than the one that was asked.";
    public const string Declined = "The authorization server did not allow it.";
    public const string NoToken = "The authorization server gave no token. Please begin again.";
    public const string NothingToConnect = "There is no such server, or nothing to connect at it.";
    public const string NoPage = "The authorization server has no page where you could agree.";
    public const string NoPkce = "The authorization server does not protect codes (PKCE with S256), so it is not used.";
    public const string OtherPerson = "This link is for somebody else.";

    public static string NoClient(string redirectUri) =>
        "The authorization server does not know Smcp. An administrator must register it there, with the redirect URI "
        + $"{redirectUri}, and put the client id into the server's settings.";

    public static string NotConnected(ConnectionTerms terms, string? problem) => problem is null
        ? $"No account at {HostOf(terms)} is connected."
        : $"The account at {HostOf(terms)} is not connected any more. {problem}";

    public static string WantsMore(ConnectionTerms terms, IReadOnlyList<string> scopes) =>
        $"{HostOf(terms)} wants more rights than it was given ({ClientText.Clip(string.Join(' ', scopes))}).";

    public static string NotAccepted(ConnectionTerms terms) =>
        $"{HostOf(terms)} does not accept the token that was made for it; nothing was run.";

    public static string NotFound(ConnectionTerms terms, string problem) =>
        $"There is no token for {HostOf(terms)}; nothing was run. {problem}";

    public static string NoSecret(ConnectionTerms terms) =>
        $"There is no token for {HostOf(terms)}; nothing was run. The secret of the client is missing, or not granted "
        + "to the server.";

    public static string NoTokens(ConnectionTerms terms, TokenProblem problem) => problem == TokenProblem.Unavailable
        ? $"There is no token for {HostOf(terms)} now: its authorization server does not answer. Nothing was run."
        : $"There is no token for {HostOf(terms)}: its authorization server refused. Nothing was run.";

    private static string HostOf(ConnectionTerms terms) => ClientText.Clip(new Uri(terms.Endpoint).Authority);
}
