namespace Smcp.Servers;

/// <summary>How closely an instance must watch the time.</summary>
internal enum PulseRate
{
    /// <summary>Nothing is open.</summary>
    None = 0,

    /// <summary>Something is open that ends in minutes: parked calls, listeners, tasks.</summary>
    Slow = 1,

    /// <summary>Calls are in flight: their answer windows end in milliseconds.</summary>
    Quick = 2,
}
