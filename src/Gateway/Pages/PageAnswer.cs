using Microsoft.AspNetCore.Http;

namespace Smcp.Pages;

/// <summary>What a page answers: a document, or where to go on.</summary>
internal abstract record PageAnswer
{
    /// <summary>A document; its body is what stands inside the card.</summary>
    public static PageAnswer Show(string title, Html body, int status = StatusCodes.Status200OK) =>
        new DocumentAnswer(title, body, status);

    /// <summary>See other (303): whatever was posted is not sent on (RFC 9700 section 4.12).</summary>
    public static PageAnswer GoTo(string location) => new RedirectAnswer(location);

    /// <summary>Something is wrong that only people can be told: an error page.</summary>
    public static PageAnswer Refuse(string title, string explanation, int status = StatusCodes.Status400BadRequest) =>
        new DocumentAnswer(title, Parts.Problem(title, explanation), status);
}

/// <summary>A document.</summary>
internal sealed record DocumentAnswer(string Title, Html Body, int Status) : PageAnswer
{
    /// <summary>Whether it holds lists that need room, and no form.</summary>
    public bool IsWide { get; init; }

    /// <summary>When to try again, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Where to go on.</summary>
internal sealed record RedirectAnswer(string Location) : PageAnswer;
