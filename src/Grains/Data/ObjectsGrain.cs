using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Mcp;

namespace Smcp.Data;

/// <summary>
/// A part of a server's objects: what each key has (<see cref="ObjectIndex"/>), and what is being written. An object
/// comes in pieces; its last one makes it the key's.
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
    private readonly ObjectIndex _index;
    private readonly Dictionary<string, ObjectUpload> _uploads = new(StringComparer.Ordinal);

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
        _index = new ObjectIndex(
            activation, _part, OnWriteFailed, exception => LogNotRemoved(_logger, exception));
    }

    /// <summary>What the part counts for: its objects, and those that are being written.</summary>
    private long Held => _index.Bytes + _uploads.Values.Sum(upload => upload.Reserved);

    public async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _index.LoadAsync(cancellationToken);
        await _index.SettleAsync(_uploads.ContainsKey);
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
        return ValueTask.FromResult(_index.Find(key)?.Info);
    }

    public async ValueTask<ObjectContent> OpenAsync(ObjectRead read, CancellationToken cancellationToken)
    {
        _part.ThrowIfBroken();
        if (_index.Find(read.Key) is not { Info: { } info } entry)
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
        _index.Find(key) is { Info: { } info } entry && info.Id == id && offset >= 0
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
        var held = _index.Find(key);
        if (!conditions.Hold(held?.Info!.ETag))
        {
            return new ObjectOutcome { Fault = Unmet };
        }

        if (held is { Info: { } info })
        {
            await _index.DropAsync(held);
            await _index.RemoveAsync(info.Id);
            await _index.CompactAsync();
            await _part.Count.ReportAsync(Held, cancellationToken);
        }

        return new ObjectOutcome { Info = held?.Info };
    }

    public ValueTask<IReadOnlyList<ObjectListing>> ListAsync(ObjectQuery query, CancellationToken cancellationToken)
    {
        _part.ThrowIfBroken();
        IReadOnlyList<ObjectListing> page =
        [
            .. _index.Objects
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

        await _index.SettleAsync(_uploads.ContainsKey);
        await _part.Count.ReportAsync(Held, cancellationToken);
        if (!_index.HasDoubts)
        {
            await _part.EndSweepsAsync();
        }
    }

    private async ValueTask<ObjectContent> ReadAsync(
        ObjectEntry entry, long offset, CancellationToken cancellationToken) =>
        await _index.ReadAsync(entry, offset, cancellationToken) is { } data
            ? new ObjectContent { Offset = offset, Data = data }
            : new ObjectContent { Fault = Replaced };

    private async ValueTask<(ObjectUpload? Upload, McpFault? Fault)> BeginAsync(
        ObjectPiece piece, CancellationToken cancellationToken)
    {
        var held = _index.Find(piece.Key);
        var fault = ObjectRules.CheckFirst(piece, _options)
            ?? (piece.Conditions.Hold(held?.Info!.ETag) ? null : Unmet)
            ?? (_uploads.Count >= _options.PartUploadsMax ? Busy : null)
            ?? (held is null && _index.Count >= _options.PartObjectsMax ? Full : null);
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
        await _index.BeginAsync(upload.Id);
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
            await _index.AppendAsync(upload.Id, upload.Pieces + 1, piece.Data);
            upload.Take(piece.Data.Span);
        }

        upload.TouchedAt = _activation.Time.GetTimestamp();
        if (!piece.IsLast)
        {
            _activation.DelayDeactivation(_options.UploadIdleTimeout);
        }

        return null;
    }

    private async ValueTask<ObjectOutcome> CommitAsync(ObjectUpload upload, CancellationToken cancellationToken)
    {
        var held = _index.Find(upload.Key);
        if (!upload.Conditions.Hold(held?.Info!.ETag))
        {
            await GiveUpAsync(upload);
            return new ObjectOutcome { Fault = Unmet };
        }

        var entry = ObjectEntry.Of(upload.ToInfo(_activation.Time.GetUtcNow()), upload.PieceBytes);
        var before = Held;
        await _index.CommitAsync(entry, held);
        _uploads.Remove(upload.Id);
        upload.Dispose();
        if (held is { Info: { } replaced })
        {
            await _index.RemoveAsync(replaced.Id);
        }

        await _index.CompactAsync();
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
        await _index.RemoveAsync(upload.Id);
        await _part.Count.ReportAsync(Held, CancellationToken.None);
    }

    private void OnWriteFailed(Exception exception)
    {
        LogWriteFailed(_logger, exception);
        _part.Break();
    }
}
