using Microsoft.AspNetCore.Http;
using Smcp.Mcp;
using Smcp.Pages;

namespace Smcp.Login;

/// <summary>What people read whose organization does not let anybody in from where they are.</summary>
internal static class NotFromHere
{
    private const string Text = "Your organization does not let anybody in from this network.";

    /// <summary>On the page where they said which organization it is.</summary>
    public static McpFault Fault { get; } = new(FaultReason.Forbidden, Text);

    public static PageAnswer Page { get; } = PageAnswer.Refuse(
        "You cannot enter from here", $"{Text} Try again from another one, or ask an administrator.",
        StatusCodes.Status403Forbidden);
}
