using Microsoft.Extensions.Logging;

namespace Smcp.Network.Rules;

internal sealed partial class RequestRules
{
    [LoggerMessage(
        EventIds.RequestRuleMet, LogLevel.Warning,
        "Request {CorrelationId} met the rule {Rule}, whose action is {Action}.")]
    private partial void RuleMet(string rule, string correlationId, string action);
}
