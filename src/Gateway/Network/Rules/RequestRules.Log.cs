using Microsoft.Extensions.Logging;

namespace Smcp.Network.Rules;

internal sealed partial class RequestRules
{
    [LoggerMessage(
        EventIds.RequestRuleMet, LogLevel.Warning,
        "Request {CorrelationId} met the rule {Rule}, whose action is {Action}.")]
    private partial void RuleMet(string rule, string correlationId, string action);

    [LoggerMessage(
        EventIds.RequestRuleMetMore, LogLevel.Warning,
        "{Count} more requests met the rule {Rule} within the minute that is over.")]
    private partial void RuleMetMore(string rule, long count);
}
