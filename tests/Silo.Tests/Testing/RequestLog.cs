using System.Collections.Concurrent;
using System.Globalization;

namespace Smcp.Testing;

/// <summary>What became of every request of a fault run.</summary>
internal sealed class RequestLog
{
    private readonly ConcurrentQueue<(string Client, long BegunAt, long EndedAt, string? Problem)> _requests = [];
    private readonly ConcurrentQueue<string> _broken = [];

    /// <summary>Promises that were not kept.</summary>
    public IReadOnlyCollection<string> Broken => _broken;

    public int Count => _requests.Count;

    /// <summary>A request ended; with a problem, otherwise than it should.</summary>
    public void Note(string client, long begunAt, string? problem) =>
        _requests.Enqueue((client, begunAt, TimeProvider.System.GetTimestamp(), problem));

    public void NoteBroken(string promise) => _broken.Enqueue(promise);

    /// <summary>The requests that ended otherwise than they should.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. _requests.Where(request => request.Problem is not null)
            .Select(request => $"{request.Client} after {Took(request)}: {request.Problem}"),
    ];

    /// <summary>Whether each of these clients has had an answer to a request that it began after a moment.</summary>
    public bool AllServedSince(IReadOnlyCollection<string> clients, long moment) =>
        ServedSince(moment).Count == clients.Count;

    /// <summary>
    /// How long after a moment the last of the clients had its first answer to a request that it began after it.
    /// </summary>
    public TimeSpan UsableAfter(long moment, IReadOnlyCollection<string> clients) =>
        ServedSince(moment).Where(served => clients.Contains(served.Key))
            .Select(served => TimeProvider.System.GetElapsedTime(moment, served.Value))
            .DefaultIfEmpty().Max();

    private Dictionary<string, long> ServedSince(long moment) =>
        _requests.Where(request => request.Problem is null && request.BegunAt >= moment)
            .GroupBy(request => request.Client, StringComparer.Ordinal)
            .ToDictionary(
                client => client.Key, client => client.Min(request => request.EndedAt), StringComparer.Ordinal);

    private static string Took((string Client, long BegunAt, long EndedAt, string? Problem) request) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeProvider.System.GetElapsedTime(request.BegunAt, request.EndedAt).TotalSeconds:0.0} s");
}
