using System.Security.Cryptography;
using System.Text.Json;
using Smcp.Hosting.State;

namespace Smcp.Hosting.Data;

/// <summary>
/// The objects of a server that no grain hosts: a state that lists them, and one for each content, written whole. For a
/// server's author, who has few and small ones. Content goes into a free place first, and is an object's when the list
/// says so.
/// </summary>
internal sealed class StateObjects(IServerStateStore store, TimeProvider time) : IServerObjects
{
    private const string ListName = "smcp.objects";
    private const int KeyLengthMax = 1_024;
    private const int BytesMax = 64 * 1024 * 1024;
    private const int PageMax = 256;

    private readonly Turns _turns = new();

    public ValueTask<ServerObjectInfo?> HeadAsync(string key, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return _turns.RunAsync(async () => (await LoadAsync(cancellationToken)).Kept.GetValueOrDefault(key)?.Info);
    }

    public ValueTask<ServerObject?> GetAsync(string key, ServerObjectRead? read, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfNegative(read?.Length ?? 0, nameof(read));
        return _turns.RunAsync(async () =>
        {
            if ((await LoadAsync(cancellationToken)).Kept.GetValueOrDefault(key) is not { } kept)
            {
                return null;
            }

            if (!Hold(read?.Conditions, kept.Info.ETag))
            {
                return new ServerObject(kept.Info, 0, 0, null);
            }

            var content = (await store.ReadAsync(PlaceOf(kept.Place), cancellationToken))!.Payload;
            var asked = read?.Offset ?? 0;
            var offset = (int)Math.Clamp(asked < 0 ? content.Length + asked : asked, 0, content.Length);
            var length = (int)Math.Min(read?.Length ?? long.MaxValue, content.Length - offset);
            var part = new MemoryStream(content.Slice(offset, length).ToArray(), writable: false);
            return new ServerObject(kept.Info, offset, length, part);
        });
    }

    public async ValueTask<ServerObjectInfo> PutAsync(
        string key, Stream content, ServerObjectTerms? terms, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, KeyLengthMax, nameof(key));
        var bytes = await ReadAsync(content, cancellationToken);
        return await _turns.RunAsync(async () =>
        {
            var list = await LoadAsync(cancellationToken);
            ThrowUnless(Hold(terms?.Conditions, list.Kept.GetValueOrDefault(key)?.Info.ETag));
            var info = new ServerObjectInfo(
                key,
                bytes.Length,
                Convert.ToHexStringLower(SHA256.HashData(bytes)),
                terms?.ContentType,
                terms?.Metadata ?? new Dictionary<string, string>(),
                time.GetUtcNow());
            var place = FreePlace(list);
            var there = await store.ReadAsync(PlaceOf(place), cancellationToken);
            await store.WriteAsync(PlaceOf(place), bytes, there?.Version ?? 0, CancellationToken.None);
            await SaveAsync(list, kept => kept[key] = new KeptObject(info, place));
            return info;
        });
    }

    public ValueTask<bool> DeleteAsync(
        string key, ServerObjectConditions? conditions, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return _turns.RunAsync(async () =>
        {
            var list = await LoadAsync(cancellationToken);
            var held = list.Kept.GetValueOrDefault(key);
            ThrowUnless(Hold(conditions, held?.Info.ETag));
            if (held is not null)
            {
                await SaveAsync(list, kept => kept.Remove(key));
            }

            return held is not null;
        });
    }

    public ValueTask<ServerObjectPage> ListAsync(ServerObjectQuery? query, CancellationToken cancellationToken) =>
        _turns.RunAsync(async () =>
        {
            var asked = query ?? new ServerObjectQuery();
            var count = Math.Clamp(asked.CountMax, 1, PageMax);
            var found = (await LoadAsync(cancellationToken)).Kept.Values
                .Where(kept => kept.Info.Key.StartsWith(asked.Prefix, StringComparison.Ordinal))
                .Select(kept => (Name: NameOf(asked, kept.Info.Key), kept.Info))
                .Where(item => string.CompareOrdinal(item.Name, asked.After) > 0)
                .DistinctBy(item => item.Name)
                .OrderBy(item => item.Name, StringComparer.Ordinal)
                .ToList();
            var page = found.Take(count).ToList();
            return new ServerObjectPage(
                [.. page.Where(item => item.Name == item.Info.Key).Select(item => item.Info)],
                [.. page.Where(item => item.Name != item.Info.Key).Select(item => item.Name)],
                found.Count > count ? page[^1].Name : null);
        });

    private static string NameOf(ServerObjectQuery query, string key)
    {
        var end = string.IsNullOrEmpty(query.Delimiter)
            ? -1
            : key.IndexOf(query.Delimiter, query.Prefix.Length, StringComparison.Ordinal);
        return end < 0 ? key : key[..(end + query.Delimiter!.Length)];
    }

    private static bool Hold(ServerObjectConditions? conditions, string? etag) =>
        (conditions?.IfMatch is not { } match || (etag is not null && (match == "*" || match == etag)))
        && (conditions?.IfNoneMatch is not { } none || etag is null || (none != "*" && none != etag));

    private static void ThrowUnless(bool holds)
    {
        if (!holds)
        {
            throw new ServerDataConflictException("The object is not as the conditions say.");
        }
    }

    private static async Task<byte[]> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var piece = new byte[64 * 1024];
        for (int count; (count = await content.ReadAsync(piece, cancellationToken)) > 0;)
        {
            buffer.Write(piece, 0, count);
            if (buffer.Length > BytesMax)
            {
                throw new ArgumentException($"An object has at most {BytesMax} bytes.", nameof(content));
            }
        }

        return buffer.ToArray();
    }

    /// <summary>The first place that no object has: removed ones give theirs to others.</summary>
    private static int FreePlace(KeptList list)
    {
        var taken = list.Kept.Values.Select(kept => kept.Place).ToHashSet();
        return Enumerable.Range(0, taken.Count + 1).First(place => !taken.Contains(place));
    }

    private static string PlaceOf(int place) => FormattableString.Invariant($"smcp.object.{place}");

    private async Task<KeptList> LoadAsync(CancellationToken cancellationToken)
    {
        var row = await store.ReadAsync(ListName, cancellationToken);
        return row is null
            ? new KeptList(0, new Dictionary<string, KeptObject>(StringComparer.Ordinal))
            : new KeptList(
                row.Version,
                JsonSerializer.Deserialize<Dictionary<string, KeptObject>>(
                    row.Payload.Span, JsonSerializerOptions.Web)!);
    }

    private async Task SaveAsync(KeptList list, Action<Dictionary<string, KeptObject>> change)
    {
        change(list.Kept);
        await store.WriteAsync(
            ListName,
            JsonSerializer.SerializeToUtf8Bytes(list.Kept, JsonSerializerOptions.Web),
            list.Version,
            CancellationToken.None);
    }

    private sealed record KeptList(long Version, Dictionary<string, KeptObject> Kept);

    private sealed record KeptObject(ServerObjectInfo Info, int Place);
}
