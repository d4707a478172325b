namespace Smcp.Network.Rules;

/// <summary>What becomes of a request that a rule meets.</summary>
internal enum RequestRuleAction
{
    /// <summary>It is refused with the rule's status.</summary>
    Block,

    /// <summary>It is logged and counted, and goes on.</summary>
    Report,
}
