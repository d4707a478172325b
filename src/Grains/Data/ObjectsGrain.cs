using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Storage;

namespace Smcp.Data;

/// <summary>
/// A part of a server's objects: an index, which is a log of what each key has, and for each object a log of its
/// pieces. Content is in doubt from before its first piece until it is an object's, and again from when it is no longer
/// until it is removed; what is in doubt stands in the index. So after a crash each key has its old object or its new
/// one, and whatever belongs to none is known and removed.
/// </summary>
internal partial class ObjectsGrain : IObjectsGrain, IGrainLifecycle, IRemindable
{
    private static readonly McpFault Unmet = new(FaultReason.Conflict, "The object is not as the conditions say.");
    private static readonly McpFault Replaced =
        new(FaultReason.Conflict, "The object was replaced or removed while it was read.");
    private static readonly McpFault Over =
        new(FaultReason.Unavailable, "The write was given up: nothing was written.");
    private static readonly McpFault Full = new(FaultReason.LimitExceeded, "The server has too many objects.");
    private static readonly McpFault Busy =
        new(FaultReason.LimitExceeded, "Too many objects are being written at one time.");

    private readonly IActivationContext _activation;
    private readonly ServerDataOptions _options;
    private readonly ILogger _logger;
    private readonly DataPart _part;
    private readonly ObjectPieces _pieces;
    private readonly LogMap<ObjectEntry> _index;
    private readonly Dictionary<string, ObjectUpload> _uploads = new(StringComparer.Ordinal);
    private long _bytes;

    public ObjectsGrain(
        IActivationContext activation,
        IEngineFailures failures,
        IOptions<ServerDataOptions> options,
        ILogger<ObjectsGrain> logger)
    {
        _activation = activation;
        _options = options.Value;
        _logger = logger;
        _part = new DataPart(
            activation, failures, _options, DataSource.Objects, exception => LogNotReported(_logger, exception));
        _pieces = new ObjectPieces(activation.Logs, activation.Key);
        _index = new LogMap<ObjectEntry>(activation.Logs, $"objects/{activation.Key}", OnWriteFailed);
    }

    /// <summary>What the part counts for: its objects, and those that are being written.</summary>
    private long Held => _bytes + _uploads.Values.Sum(upload => upload.Reserved);

    public async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _index.LoadAsync(cancellationToken);
        _bytes = _index.Entries.Values.Sum(entry => entry.CountBytes());
        await SettleAsync();
        await _part.Count.ReportAsync(Held, cancellationToken);
    }

    public Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken)
    {
        foreach (var upload in _uploads.Values)
        {
            upload.Dispose();
        }

        return Task.CompletedTask;
    }

    public ValueTask<ObjectInfo?> HeadAsync(string key, CancellationToken cancellationToken)
    {
        _part.ThrowIfBroken();
        return ValueTask.FromResult(Find(key)?.Info);
    }

    public async ValueTask<ObjectContent> OpenAsync(ObjectRead read, CancellationToken cancellationToken)
    {
        _part.ThrowIfBroken();
        if (Find(read.Key) is not { Info: { } info } entry)
        {
            return new ObjectContent { IsUnmet = !read.Conditions.Hold(null) };
        }

        if (!read.Conditions.Hold(info.ETag))
        {
            return new ObjectContent { Info = info, IsUnmet = true };
        }

        var offset = read.Offset < 0 ? Math.Max(0, info.Bytes + read.Offset) : Math.Min(read.Offset, info.Bytes);
        return await ReadAsync(entry, offset, cancellationToken) with { Info = info };
    }

    public async ValueTask<ObjectContent> ReadAsync(
        string key, string id, long offset, CancellationToken cancellationToken) =>
        Find(key) is { Info: { } info } entry && info.Id == id && offset >= 0
            ? await ReadAsync(entry, offset, cancellationToken)
            : new ObjectContent { Fault = Replaced };

    public async ValueTask<ObjectOutcome> WriteAsync(ObjectPiece piece, CancellationToken cancellationToken)
    {
        _part.ThrowIfBroken();
        var (upload, fault) = piece.Upload is { } id
            ? (_uploads.GetValueOrDefault(id), _uploads.ContainsKey(id) ? null : Over)
            : await BeginAsync(piece, cancellationToken);
        if (upload is null)
        {
            return new ObjectOutcome { Fault = fault };
        }

        try
        {
            if (await TakeAsync(upload, piece, cancellationToken) is { } refused)
            {
                await GiveUpAsync(upload);
                return new ObjectOutcome { Fault = refused };
            }

            return piece.IsLast
                ? await CommitAsync(upload, cancellationToken)
                : new ObjectOutcome { Upload = upload.Id };
        }
        catch
        {
            // Its content stays in doubt, and is removed by the sweep or the next activation.
            _uploads.Remove(upload.Id);
            throw;
        }
    }

    public async ValueTask AbortAsync(string upload, CancellationToken cancellationToken)
    {
        _part.ThrowIfBroken();
        if (_uploads.TryGetValue(upload, out var found))
        {
            await GiveUpAsync(found);
        }
    }

    public async ValueTask<ObjectOutcome> DeleteAsync(
        string key, ObjectConditions conditions, CancellationToken cancellationToken)
    {
        _part.ThrowIfBroken();
        var held = Find(key);
        if (!conditions.Hold(held?.Info!.ETag))
        {
            return new ObjectOutcome { Fault = Unmet };
        }

        if (held is { Info: { } info })
        {
            await _index.PutAsync((ObjectEntry[])[ObjectEntry.Gone(key), ObjectEntry.Doubt(info.Id)]);
            _bytes -= held.CountBytes();
            await RemoveAsync(info.Id);
            await CompactAsync();
            await _part.Count.ReportAsync(Held, cancellationToken);
        }

        return new ObjectOutcome { Info = held?.Info };
    }

    public ValueTask<IReadOnlyList<ObjectListing>> ListAsync(ObjectQuery query, CancellationToken cancellationToken)
    {
        _part.ThrowIfBroken();
        IReadOnlyList<ObjectListing> page =
        [
            .. _index.Entries.Values
                .Select(entry => entry.Info)
                .OfType<ObjectInfo>()
                .Where(info => info.Key.StartsWith(query.Prefix, StringComparison.Ordinal))
                .Select(info => (Name: query.NameOf(info.Key), Info: info))
                .Where(item => string.CompareOrdinal(item.Name, query.After) > 0)
                .DistinctBy(item => item.Name)
                .OrderBy(item => item.Name, StringComparer.Ordinal)
                .Take(Math.Clamp(query.CountMax, 1, _options.PageKeysMax + 1))
                .Select(item => new ObjectListing
                {
                    Name = item.Name,
                    Info = item.Name == item.Info.Key ? item.Info : null,
                }),
        ];
        return ValueTask.FromResult(page);
    }

    /// <summary>Gives up what waited too long for its next piece, and removes what is no object's.</summary>
    public async Task OnReminderAsync(string name, CancellationToken cancellationToken)
    {
        _part.BeginSweep();
        var idle = _uploads.Values
            .Where(upload => _activation.Time.GetElapsedTime(upload.TouchedAt) >= _options.UploadIdleTimeout)
            .ToList();
        foreach (var upload in idle)
        {
            _uploads.Remove(upload.Id);
            upload.Dispose();
        }

        await SettleAsync();
        await _part.Count.ReportAsync(Held, cancellationToken);
        if (!_index.Entries.Values.Any(entry => entry.InDoubt is not null))
        {
            await _part.EndSweepsAsync();
        }
    }

    private ObjectEntry? Find(string key) => _index.Entries.GetValueOrDefault(ObjectEntry.NameOf(key));

    private async ValueTask<ObjectContent> ReadAsync(
        ObjectEntry entry, long offset, CancellationToken cancellationToken) =>
        await _pieces.ReadAsync(entry, offset, cancellationToken) is { } data
            ? new ObjectContent { Offset = offset, Data = data }
            : new ObjectContent { Fault = Replaced };

    private async ValueTask<(ObjectUpload? Upload, McpFault? Fault)> BeginAsync(
        ObjectPiece piece, CancellationToken cancellationToken)
    {
        var held = Find(piece.Key);
        var fault = ObjectRules.CheckFirst(piece, _options)
            ?? (piece.Conditions.Hold(held?.Info!.ETag) ? null : Unmet)
            ?? (_uploads.Count >= _options.PartUploadsMax ? Busy : null)
            ?? (held is null && _index.Entries.Count >= _options.PartObjectsMax ? Full : null);
        if (fault is not null)
        {
            return (null, fault);
        }

        var upload = new ObjectUpload(piece);
        if (await _part.Count.ReserveAsync(Held + upload.Reserved, cancellationToken) is { } overQuota)
        {
            upload.Dispose();
            return (null, overQuota);
        }

        await _part.RemindAsync();
        await _index.PutAsync(ObjectEntry.Doubt(upload.Id));
        _uploads.Add(upload.Id, upload);
        return (upload, null);
    }

    private async ValueTask<McpFault?> TakeAsync(
        ObjectUpload upload, ObjectPiece piece, CancellationToken cancellationToken)
    {
        if (ObjectRules.CheckNext(piece, upload, _options) is { } invalid)
        {
            return invalid;
        }

        var bytes = upload.About + upload.Bytes + piece.Data.Length;
        if (bytes > upload.Reserved)
        {
            if (await _part.Count.ReserveAsync(Held - upload.Reserved + bytes, cancellationToken) is { } overQuota)
            {
                return overQuota;
            }

            upload.Reserved = bytes;
        }

        if (!piece.Data.IsEmpty)
        {
            await _pieces.AppendAsync(upload.Id, upload.Pieces + 1, piece.Data);
            upload.Take(piece.Data.Span);
        }

        upload.TouchedAt = _activation.Time.GetTimestamp();
        if (!piece.IsLast)
        {
            _activation.DelayDeactivation(_options.UploadIdleTimeout);
        }

        return null;
    }

    /// <summary>One write of the index makes the content the key's object, and puts the one before in doubt.</summary>
    private async ValueTask<ObjectOutcome> CommitAsync(ObjectUpload upload, CancellationToken cancellationToken)
    {
        var held = Find(upload.Key);
        if (!upload.Conditions.Hold(held?.Info!.ETag))
        {
            await GiveUpAsync(upload);
            return new ObjectOutcome { Fault = Unmet };
        }

        var entry = ObjectEntry.Of(upload.ToInfo(_activation.Time.GetUtcNow()), upload.PieceBytes);
        List<ObjectEntry> change = [entry, ObjectEntry.Settled(upload.Id)];
        if (held is { Info: { } info })
        {
            change.Add(ObjectEntry.Doubt(info.Id));
        }

        await _index.PutAsync(change);
        var before = Held;
        _bytes += entry.CountBytes() - (held?.CountBytes() ?? 0);
        _uploads.Remove(upload.Id);
        upload.Dispose();
        if (held is { Info: { } replaced })
        {
            await RemoveAsync(replaced.Id);
        }

        await CompactAsync();
        if (Held < before)
        {
            await _part.Count.ReportAsync(Held, cancellationToken);
        }

        return new ObjectOutcome { Info = entry.Info };
    }

    private async ValueTask GiveUpAsync(ObjectUpload upload)
    {
        _uploads.Remove(upload.Id);
        upload.Dispose();
        await RemoveAsync(upload.Id);
        await _part.Count.ReportAsync(Held, CancellationToken.None);
    }

    /// <summary>Removes all content in doubt that nobody is writing.</summary>
    private async ValueTask SettleAsync()
    {
        var doubts = _index.Entries.Values.Select(entry => entry.InDoubt).OfType<string>()
            .Where(id => !_uploads.ContainsKey(id)).ToList();
        foreach (var id in doubts)
        {
            await RemoveAsync(id);
        }
    }

    private async ValueTask RemoveAsync(string id)
    {
        try
        {
            await _pieces.RemoveAsync(id);
        }
        catch (StorageUnavailableException exception)
        {
            LogNotRemoved(_logger, exception);
            return;
        }

        await _index.PutAsync(ObjectEntry.Settled(id));
    }

    private async Task CompactAsync()
    {
        if (_part.IsLong(_index.Records, _index.Entries.Count))
        {
            await _index.RewriteAsync();
        }
    }

    private void OnWriteFailed(Exception exception)
    {
        LogWriteFailed(_logger, exception);
        _part.Break();
    }
}
