namespace Smcp.Network.Rules;

/// <summary>The part of a request that a rule looks at.</summary>
internal enum RequestRulePhase
{
    /// <summary>The method of HTTP.</summary>
    Method,

    /// <summary>The path, decoded.</summary>
    Path,

    /// <summary>The values of a header, or of all of them.</summary>
    Header,

    /// <summary>The values of a query parameter, or of all of them, decoded.</summary>
    Query,

    /// <summary>How many bytes the body has.</summary>
    BodySize,

    /// <summary>The body as it came, taken for UTF-8.</summary>
    Body,
}
