using Microsoft.AspNetCore.Http;

namespace Smcp.Network;

/// <summary>
/// The name of a request in logs, audit and error reports: the caller's own, if it is a safe one, else ours.
/// </summary>
internal static class CorrelationId
{
    public const string Header = "X-Correlation-Id";

    private const int LengthMax = 64;

    /// <summary>Takes or makes the id, and says it in the answer.</summary>
    public static void Attach(HttpContext context)
    {
        var offered = context.Request.Headers[Header];
        if (offered.Count == 1 && IsSafe(offered[0]))
        {
            context.TraceIdentifier = offered[0]!;
        }

        context.Response.Headers[Header] = context.TraceIdentifier;
    }

    private static bool IsSafe(string? text) =>
        text is { Length: >= 1 and <= LengthMax } && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
