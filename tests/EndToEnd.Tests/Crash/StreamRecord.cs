namespace Smcp.EndToEnd.Crash;

/// <summary>What a client saw of one stream, over all its connections.</summary>
internal sealed class StreamRecord
{
    private readonly List<SseEvent> _events = [];

    public IReadOnlyList<SseEvent> Events => _events;

    /// <summary>The id to resume behind; null while none was seen: then nothing is promised.</summary>
    public string? LastId { get; private set; }

    public string? FirstId { get; private set; }

    public bool IsComplete => _events.Count > 0 && _events[^1].IsAnswer;

    public void Add(SseEvent seen)
    {
        FirstId ??= seen.Id;
        LastId = seen.Id ?? LastId;
        if (seen.Data.Length > 0)
        {
            _events.Add(seen);
        }
    }

    /// <summary>How the stream breaks its promise, given what the log says stands behind its first id.</summary>
    public IEnumerable<string> Violations(IReadOnlyList<SseEvent> logged)
    {
        var ids = _events.Select(e => e.Id).ToList();
        if (ids.Distinct().Count() != ids.Count)
        {
            yield return $"an event came twice: {string.Join(' ', ids)}";
        }

        // The first event may itself carry the first id, and then does not stand behind it.
        var behindFirst = _events.SkipWhile(e => e.Id == FirstId).Select(e => e.Id);
        if (!behindFirst.SequenceEqual(logged.Select(e => e.Id)))
        {
            yield return $"saw {string.Join(' ', ids)}, but the log has {string.Join(' ', logged.Select(e => e.Id))}";
        }

        var progress = _events.Where(e => !e.IsAnswer)
            .Select(e => e.Message!["params"]!["progress"]!.GetValue<double>()).ToList();
        if (!progress.SequenceEqual(new double[] { 0, 50, 100 }.Take(progress.Count)))
        {
            yield return $"progress came as {string.Join(' ', progress)}";
        }
    }
}
