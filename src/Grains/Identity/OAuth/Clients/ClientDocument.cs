namespace Smcp.Identity.OAuth.Clients;

/// <summary>A client's document that was fetched, or what is wrong with it.</summary>
internal sealed record ClientDocument(OAuthClient? Client, string? Problem, TimeSpan Lifetime)
{
    public static ClientDocument Refused(string problem) => new(null, problem, TimeSpan.Zero);
}
