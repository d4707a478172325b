namespace Smcp.Network.Rules;

/// <summary>A rule as it is configured; <see cref="RequestRule.Compile"/> says what may stand in it.</summary>
internal sealed class RequestRuleEntry
{
    /// <summary>How it is called in logs and counters.</summary>
    public string Name { get; set; } = string.Empty;

    public RequestRulePhase Phase { get; set; }

    public RequestRuleCondition Condition { get; set; }

    /// <summary>The header or query parameter; all of them where none is named.</summary>
    public string? Field { get; set; }

    /// <summary>For <see cref="RequestRuleCondition.Matches"/>.</summary>
    public string? Pattern { get; set; }

    /// <summary>For <see cref="RequestRuleCondition.In"/> and its opposite.</summary>
    public IList<string> Values { get; init; } = [];

    /// <summary>For <see cref="RequestRuleCondition.LongerThan"/>.</summary>
    public long Length { get; set; }

    public RequestRuleAction Action { get; set; }

    /// <summary>The status of a refusal, 400 to 599.</summary>
    public int Status { get; set; } = 403;
}
