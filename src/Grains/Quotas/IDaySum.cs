namespace Smcp.Quotas;

/// <summary>Durable: what was used in the last day in which anything was.</summary>
internal interface IDaySum<TState>
    where TState : IDaySum<TState>
{
    /// <summary>When the day began (UTC).</summary>
    DateTimeOffset Day { get; }

    long Amount { get; }

    static abstract TState Of(DateTimeOffset day, long amount);
}
