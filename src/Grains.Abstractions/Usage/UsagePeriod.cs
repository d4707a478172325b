using Smcp.Wire;

namespace Smcp.Usage;

/// <summary>Over how long a row sums.</summary>
[Wire("usage-period", 1)]
public enum UsagePeriod
{
    /// <summary>All of what was asked for.</summary>
    Total = 0,

    Hour = 1,

    Day = 2,
}
