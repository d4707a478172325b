namespace Smcp.Engine;

/// <summary>Calls the next of its kind, so many times.</summary>
[Grain("relay")]
internal interface IRelayGrain
{
    ValueTask<int> RelayAsync(int hops, CancellationToken cancellationToken);
}
