using Microsoft.Extensions.Logging;

namespace Smcp.Quotas;

internal sealed partial class QuotaSource
{
    [LoggerMessage(
        EventIds.QuotaUnreachable, LogLevel.Warning,
        "The quota {Quota} cannot be reached: this gateway goes by its own share of it")]
    private partial void OwnShare(string quota, Exception exception);
}
