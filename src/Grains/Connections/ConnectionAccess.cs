using Microsoft.Extensions.Options;
using Smcp.Engine;

namespace Smcp.Connections;

/// <summary>How runtimes come to tokens: from the connection's grain, which they may hold for some seconds.</summary>
internal sealed class ConnectionAccess(
    IGrainLocator grains,
    IEngineFailures failures,
    ConnectionLinks links,
    IOptions<ConnectionOptions> options,
    TimeProvider time)
{
    public ConnectionLinks Links => links;

    public TimeProvider Time => time;

    /// <summary>Whether a token that was asked for then may still be used.</summary>
    public bool IsFresh(TokenSupply supply, long askedAt) =>
        time.GetElapsedTime(askedAt) < options.Value.CacheTime
        && time.GetUtcNow() + options.Value.RefreshAhead < supply.ExpiresAt;

    /// <summary>Null where nobody can be asked now.</summary>
    public async ValueTask<TokenSupply?> SupplyAsync(
        ConnectionKey key, TokenDemand demand, CancellationToken cancellationToken)
    {
        try
        {
            return await grains.Locate<IConnectionGrain>(key.ToString()).SupplyAsync(demand, cancellationToken);
        }
        catch (Exception exception) when (
            failures.Classify(exception) is EngineFailure.Unavailable or EngineFailure.TimedOut)
        {
            return null;
        }
    }
}
