namespace Smcp.Identity.Keys;

/// <summary>Which keys of a tenant are in force, and which ended so long ago that they are forgotten. Pure.</summary>
internal static class ApiKeyEnds
{
    public static int CountInForce(ApiKeysState state, DateTimeOffset now) => state.Ends.Count(end => end.At > now);

    public static bool IsInForce(ApiKeysState state, string keyId, DateTimeOffset now) =>
        state.Ends.FirstOrDefault(end => end.KeyId == keyId) is not { } end || end.At > now;

    /// <summary>Those to forget, the one that ended first before the others.</summary>
    public static IEnumerable<string> Over(ApiKeysState state, DateTimeOffset now, ApiKeyOptions options)
    {
        var ended = state.Ends.Where(end => end.At <= now).OrderBy(end => end.At).ToList();
        var tooMany = ended.Count - options.EndedKeysMax;
        return ended
            .Where((end, at) => at < tooMany || now - end.At >= options.EndedRetention)
            .Select(end => end.KeyId);
    }

    public static ApiKeysState With(ApiKeysState state, ApiKeyEnd end) => state with
    {
        Ends = [.. state.Ends.Where(other => other.KeyId != end.KeyId), end],
    };

    public static ApiKeysState Without(ApiKeysState state, IReadOnlySet<string> keyIds) => state with
    {
        KeyIds = [.. state.KeyIds.Where(id => !keyIds.Contains(id))],
        Ends = [.. state.Ends.Where(end => !keyIds.Contains(end.KeyId))],
    };
}
