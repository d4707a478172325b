using Smcp.Hosting;

namespace Smcp.Data;

/// <summary>The objects of one instance's server, as its author's code asks for them.</summary>
internal sealed class GrainObjects(ObjectParts parts, DataReach reach, ServerDataOptions options) : IServerObjects
{
    private const int PageDefault = 100;

    public async ValueTask<ServerObjectInfo?> HeadAsync(string key, CancellationToken cancellationToken)
    {
        Check(key);
        return await reach.AskAsync(() => parts.Of(key).HeadAsync(key, cancellationToken)) is { } info
            ? InfoOf(info)
            : null;
    }

    public async ValueTask<ServerObject?> GetAsync(
        string key, ServerObjectRead? read, CancellationToken cancellationToken)
    {
        Check(key);
        ArgumentOutOfRangeException.ThrowIfNegative(read?.Length ?? 0, nameof(read));
        var objects = parts.Of(key);
        var asked = new ObjectRead
        {
            Key = key,
            Offset = read?.Offset ?? 0,
            Conditions = ConditionsOf(read?.Conditions),
        };
        var opened = await reach.AskAsync(() => objects.OpenAsync(asked, cancellationToken));
        DataReach.ThrowIf(opened.Fault);
        if (opened.Info is not { } info)
        {
            return null;
        }

        if (opened.IsUnmet)
        {
            return new ServerObject(InfoOf(info), 0, 0, null);
        }

        var length = Math.Min(read?.Length ?? long.MaxValue, info.Bytes - opened.Offset);
        var content = new ObjectStream(objects, reach, opened, length);
        return new ServerObject(InfoOf(info), opened.Offset, length, content);
    }

    public async ValueTask<ServerObjectInfo> PutAsync(
        string key, Stream content, ServerObjectTerms? terms, CancellationToken cancellationToken)
    {
        Check(key);
        ArgumentNullException.ThrowIfNull(content);
        var objects = parts.Of(key);
        var first = new ObjectPiece
        {
            Key = key,
            Bytes = content.CanSeek ? Math.Max(0, content.Length - content.Position) : null,
            ContentType = terms?.ContentType,
            // The author's own may change while it is under way.
            Metadata = new Dictionary<string, string>(terms?.Metadata ?? new Dictionary<string, string>()),
            Conditions = ConditionsOf(terms?.Conditions),
        };
        string? upload = null;
        try
        {
            var data = await ReadPieceAsync(content, cancellationToken);
            for (long offset = 0; ; offset += options.ObjectPieceBytes)
            {
                // What comes next says whether this one is the last.
                var next = data.Length < options.ObjectPieceBytes
                    ? Array.Empty<byte>()
                    : await ReadPieceAsync(content, cancellationToken);
                var piece = (offset == 0 ? first : new ObjectPiece { Key = key }) with
                {
                    Upload = upload,
                    Offset = offset,
                    Data = data,
                    IsLast = next.Length == 0,
                };
                var outcome = await reach.AskAsync(() => objects.WriteAsync(piece, CancellationToken.None));
                upload = outcome.Upload;
                DataReach.ThrowIf(outcome.Fault);
                if (outcome.Info is { } info)
                {
                    return InfoOf(info);
                }

                data = next;
            }
        }
        catch when (upload is not null)
        {
            await AbortAsync(objects, upload);
            throw;
        }
    }

    public async ValueTask<bool> DeleteAsync(
        string key, ServerObjectConditions? conditions, CancellationToken cancellationToken)
    {
        Check(key);
        var outcome = await reach.AskAsync(
            () => parts.Of(key).DeleteAsync(key, ConditionsOf(conditions), cancellationToken));
        DataReach.ThrowIf(outcome.Fault);
        return outcome.Info is not null;
    }

    public async ValueTask<ServerObjectPage> ListAsync(ServerObjectQuery? query, CancellationToken cancellationToken)
    {
        var asked = new ObjectQuery
        {
            Prefix = query?.Prefix ?? string.Empty,
            Delimiter = query?.Delimiter,
            After = query?.After,
            CountMax = Math.Clamp(query?.CountMax ?? PageDefault, 1, options.PageKeysMax),
        };
        var page = await reach.AskAsync(async () => await parts.ListAsync(asked, cancellationToken));
        return new ServerObjectPage(
            [.. page.Items.Where(item => item.Info is not null).Select(item => InfoOf(item.Info!))],
            [.. page.Items.Where(item => item.Info is null).Select(item => item.Name)],
            page.Next);
    }

    /// <summary>Here already: on its way a key that is not well-formed would become another one.</summary>
    private void Check(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        DataReach.ThrowIf(ValueRules.CheckKey(key, options.ObjectKeyBytesMax));
    }

    /// <summary>A whole piece, or what was left. A new buffer each time: messages own their bytes.</summary>
    private async ValueTask<byte[]> ReadPieceAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[options.ObjectPieceBytes];
        var count = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return count == buffer.Length ? buffer : buffer[..count];
    }

    /// <summary>What cannot be said now, the part finds out by itself.</summary>
    private async ValueTask AbortAsync(IObjectsGrain objects, string upload)
    {
        try
        {
            await reach.AskAsync(async () =>
            {
                await objects.AbortAsync(upload, CancellationToken.None);
                return true;
            });
        }
        catch (ServerDataUnavailableException)
        {
            // The writer's own failure is the one to tell.
        }
    }

    private static ObjectConditions ConditionsOf(ServerObjectConditions? conditions) => conditions is null
        ? ObjectConditions.None
        : new ObjectConditions { IfMatch = conditions.IfMatch, IfNoneMatch = conditions.IfNoneMatch };

    private static ServerObjectInfo InfoOf(ObjectInfo info) =>
        new(info.Key, info.Bytes, info.ETag, info.ContentType, info.Metadata, info.At);
}
