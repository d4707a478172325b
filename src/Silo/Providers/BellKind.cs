namespace Smcp.Providers;

/// <summary>What carries the bells from sessions to gateways.</summary>
internal enum BellKind
{
    /// <summary>Orleans' memory streams: queues in the memory of the silos, looked at every few milliseconds.</summary>
    Memory = 0,

    /// <summary>NOTIFY of the PostgreSQL database, which need not be the store.</summary>
    Postgres = 1,
}
