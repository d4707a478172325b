using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Smcp.Network;

/// <summary>
/// Logs refusals, but is no way to fill the log; the counter of refusals counts all of them at once.
/// </summary>
internal sealed partial class RefusalLog(
    TimeProvider time, IOptions<NetworkOptions> options, ILogger<RefusalLog> logger)
{
    private readonly LineBudget _lines = new(time, options.Value.RefusalsLoggedPerMinute);

    public void Refused(string correlationId, string reason)
    {
        var (hasLine, unsaid) = _lines.Spend(reason);
        if (unsaid > 0)
        {
            MoreWereRefused(unsaid, reason);
        }

        if (hasLine)
        {
            RequestRefused(correlationId, reason);
        }
    }
}
