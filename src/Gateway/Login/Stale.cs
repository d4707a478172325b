using Microsoft.AspNetCore.Http;
using Smcp.Mcp;
using Smcp.Pages;

namespace Smcp.Login;

/// <summary>A form that we did not make for this browser, or long ago: its token does not fit.</summary>
internal static class Stale
{
    private const string Text = "This form is out of date, or cookies are blocked.";

    /// <summary>To try again on the same page.</summary>
    public static McpFault Fault { get; } = new(FaultReason.Forbidden, $"{Text} Please try again.");

    /// <summary>Where trying again would not be safe.</summary>
    public static PageAnswer Page { get; } = PageAnswer.Refuse(
        "This form cannot be used", $"{Text} Please begin again in the app that sent you here.",
        StatusCodes.Status403Forbidden);
}
