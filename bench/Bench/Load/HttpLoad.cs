namespace Smcp.Bench.Load;

/// <summary>Connections over HTTP, of which each sends one request again and again.</summary>
internal sealed class HttpLoad(IReadOnlyList<LoadConnection> connections) : ILoad
{
    public LoadResult Run(TimeSpan duration) => LoadGenerator.Run(connections, duration);

    public void Dispose()
    {
        foreach (var connection in connections)
        {
            connection.Dispose();
        }
    }
}
