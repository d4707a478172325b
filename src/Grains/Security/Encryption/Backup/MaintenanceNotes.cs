using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Smcp.Security.Audit;
using Smcp.Security.Encryption.Masters;
using Smcp.Wire;

namespace Smcp.Security.Encryption.Backup;

/// <summary>Notes as files: each sealed by a key of its own, which the master key wraps in front of it.</summary>
internal sealed partial class MaintenanceNotes(IKeyWrapping wrapping, ILogger<MaintenanceNotes> logger)
    : IMaintenanceNotes
{
    private const string Folder = "notes";
    private const string Suffix = ".note";
    private const string PartialSuffix = ".partial";
    private const int BytesMax = 16 * 1024;
    private const int TakenMax = 100;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ILogger _logger = logger;

    private static ReadOnlyMemory<byte> Context { get; } = Encoding.UTF8.GetBytes("smcp note 1");

    public async ValueTask AddAsync(string dataFolder, AuditEvent note, CancellationToken cancellationToken)
    {
        await wrapping.OpenAsync(mayCreate: false, cancellationToken);
        var key = RandomNumberGenerator.GetBytes(BackupKey.KeyBytes);
        var wrapped = await wrapping.WrapAsync(key, Context, cancellationToken);
        var content = JsonSerializer.SerializeToUtf8Bytes(note, WireJson.Options);
        var text = new SealedNote(wrapped.Version, wrapped.Text, BackupKey.Seal(key, content, Context.Span));
        CryptographicOperations.ZeroMemory(key);
        var folder = Path.Combine(dataFolder, Folder);
        Directory.CreateDirectory(folder, Private | UnixFileMode.UserExecute);

        // In the order of time; under its name only once it is whole.
        var place = Path.Combine(folder, $"{note.Time.UtcTicks:D19}-{Guid.NewGuid():N}{Suffix}");
        await using (var file = new FileStream(place + PartialSuffix, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = Private,
        }))
        {
            await JsonSerializer.SerializeAsync(file, text, WireJson.Options, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(place + PartialSuffix, place);
    }

    public async ValueTask TakeAsync(
        string dataFolder, Func<AuditEvent, ValueTask<bool>> record, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(dataFolder, Folder);
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var place in Directory.EnumerateFiles(folder, "*" + Suffix)
            .Order(StringComparer.Ordinal).Take(TakenMax).ToList())
        {
            var note = await ReadAsync(place, cancellationToken);
            if (note is null)
            {
                LogRefused(Path.GetFileName(place));
            }
            else if (!await record(note))
            {
                // The store fails: the note waits for the next look, and those behind it.
                return;
            }

            File.Delete(place);
        }
    }

    /// <summary>Null where it is none of ours.</summary>
    private async ValueTask<AuditEvent?> ReadAsync(string place, CancellationToken cancellationToken)
    {
        if (new FileInfo(place).Length > BytesMax)
        {
            return null;
        }

        try
        {
            var text = JsonSerializer.Deserialize<SealedNote>(
                await File.ReadAllBytesAsync(place, cancellationToken), WireJson.Options);
            return text is not null
                && await wrapping.UnwrapAsync(new WrappedKey(text.Master, text.Key), Context, cancellationToken)
                    is { } key
                && BackupKey.Open(key, text.Note.Span, Context.Span) is { } content
                    ? JsonSerializer.Deserialize<AuditEvent>(content, WireJson.Options)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
