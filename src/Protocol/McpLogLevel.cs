namespace Smcp.Protocol;

/// <summary>The severities of <c>notifications/message</c> (RFC 5424), least severe first.</summary>
public static class McpLogLevel
{
    private static readonly string[] Names =
        ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];

    /// <summary>How severe a level is, from 0; false for a text that is no level.</summary>
    public static bool TryRank(string? level, out int rank)
    {
        rank = Array.IndexOf(Names, level);
        return rank >= 0;
    }
}
