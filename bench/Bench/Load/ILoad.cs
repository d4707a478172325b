namespace Smcp.Bench.Load;

/// <summary>Open connections to one candidate.</summary>
internal interface ILoad : IDisposable
{
    /// <summary>Keeps one call in flight on each of them, for so long.</summary>
    LoadResult Run(TimeSpan duration);
}
