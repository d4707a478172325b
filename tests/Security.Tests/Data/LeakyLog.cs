using Microsoft.Extensions.Logging;

namespace Smcp.Data;

/// <summary>The line that the product must never write.</summary>
internal static partial class LeakyLog
{
    [LoggerMessage(1, LogLevel.Debug, "A call came with {Argument}")]
    public static partial void LogLeak(this ILogger logger, string argument);
}
