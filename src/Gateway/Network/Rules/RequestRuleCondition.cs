namespace Smcp.Network.Rules;

/// <summary>What a rule asks of the part that it looks at.</summary>
internal enum RequestRuleCondition
{
    /// <summary>It matches the pattern somewhere.</summary>
    Matches,

    /// <summary>It is one of the values; case matters in a method only (RFC 9110 section 9.1).</summary>
    In,

    /// <summary>It is none of the values.</summary>
    NotIn,

    /// <summary>It is there.</summary>
    Present,

    /// <summary>It is not there.</summary>
    Absent,

    /// <summary>It has more characters, or a body more bytes.</summary>
    LongerThan,

    /// <summary>It has a control character other than the tab.</summary>
    HasControl,
}
