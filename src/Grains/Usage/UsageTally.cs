using Smcp.Identity;

namespace Smcp.Usage;

/// <summary>What is counted, while it is.</summary>
internal struct UsageTally
{
    public long Calls;
    public long Errors;
    public long Microseconds;
    public long BytesIn;
    public long BytesOut;

    public readonly UsageCount Of(in UsageKey key) => new()
    {
        Method = key.Method,
        Tool = key.Tool,
        Principal = key.Principal == default(PrincipalId) ? UsageLedger.Others : key.Principal.ToString(),
        Totals = new UsageTotals
        {
            Calls = Calls,
            Errors = Errors,
            Microseconds = Microseconds,
            BytesIn = BytesIn,
            BytesOut = BytesOut,
        },
    };
}
