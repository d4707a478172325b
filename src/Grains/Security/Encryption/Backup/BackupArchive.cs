using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Smcp.Identity;
using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Masters;
using Smcp.Storage;
using Smcp.Tenants;
using Smcp.Wire;

namespace Smcp.Security.Encryption.Backup;

/// <summary>The file of a backup: its mark, the header, and the sealed chunks.</summary>
internal sealed class BackupArchive(
    IKeyWrapping wrapping, BackupRing rings, BackupVersion versions, BackupClients clients, TimeProvider time)
    : IBackupArchive
{
    private const string PartialSuffix = ".smcp-partial";
    private const int HeaderBytesMax = 1 << 24;
    private const string ChunkPurpose = "smcp backup chunks 1";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>What a backup begins with; its end is the version of the format.</summary>
    private static ReadOnlyMemory<byte> Mark { get; } = "SMCPBAK1"u8.ToArray();

    public string RingType => DataKeyAddress.RingType;

    public StateAddress PlatformRing => DataKeyAddress.Ring(KeyOwner.Platform);

    public StateAddress RingOf(TenantId tenant) => DataKeyAddress.Ring(OwnerOf(tenant));

    public string VersionsOf(TenantId tenant) => TenantLog.NameOf(tenant);

    public bool IsOf(TenantId tenant, StateAddress address) =>
        address.GrainType != DataKeyAddress.RingType && KeyOwnership.Of(address) == OwnerOf(tenant);

    public bool IsLogOf(TenantId tenant, string log) =>
        log == DataKeyAddress.Index(OwnerOf(tenant))
        || (!log.StartsWith(DataKeyAddress.LogPrefix, StringComparison.Ordinal)
            && KeyOwnership.OfLog(log) == OwnerOf(tenant));

    public async ValueTask WriteAsync(
        BackupContent content, string copy, string file, string? passphrase, CancellationToken cancellationToken)
    {
        await wrapping.OpenAsync(mayCreate: false, cancellationToken);
        var key = RandomNumberGenerator.GetBytes(BackupKey.KeyBytes);
        var header = await HeaderAsync(content, key, passphrase, cancellationToken);
        var partial = file + PartialSuffix;
        File.Delete(partial);
        try
        {
            await using (var to = Create(partial))
            {
                var head = Head(header);
                await to.WriteAsync(head, cancellationToken);
                await using var from = File.OpenRead(copy);
                await BackupChunks.SealAsync(
                    from, to, BackupKey.Derive(key, ChunkPurpose), SHA256.HashData(head), cancellationToken);
                to.Flush(flushToDisk: true);
            }

            File.Move(partial, file);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            File.Delete(partial);
        }
    }

    public async ValueTask<OpenedBackup> OpenAsync(
        string file, string? passphrase, CancellationToken cancellationToken)
    {
        await using var from = File.OpenRead(file);
        var start = new byte[Mark.Length + sizeof(int)];
        var read = await from.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        var length = BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(Mark.Length));
        if (read < start.Length || !start.AsSpan(0, Mark.Length).SequenceEqual(Mark.Span)
            || length is < 1 or > HeaderBytesMax)
        {
            throw new BackupException($"{file} is no backup that this version reads.");
        }

        var text = new byte[length];
        if (await from.ReadAtLeastAsync(text, length, throwOnEndOfStream: false, cancellationToken) < length)
        {
            throw new BackupException("The backup is cut short. Take another one.");
        }

        var header = Parse(text);
        var key = await BackupKey.UnwrapAsync(header, passphrase, wrapping, cancellationToken);
        return new OpenedBackup(
            file, header, start.Length + length, SHA256.HashData([.. start, .. text]), key);
    }

    public async ValueTask ExtractAsync(OpenedBackup backup, string to, CancellationToken cancellationToken)
    {
        File.Delete(to);
        try
        {
            await using var from = File.OpenRead(backup.File);
            from.Seek(backup.BodyAt, SeekOrigin.Begin);
            await using var copy = Create(to);
            await BackupChunks.OpenAsync(
                from, copy, BackupKey.Derive(backup.Key, ChunkPurpose), backup.Bound, cancellationToken);
            copy.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(to);
            throw;
        }
    }

    private async ValueTask<BackupHeader> HeaderAsync(
        BackupContent content, byte[] key, string? passphrase, CancellationToken cancellationToken)
    {
        var held = content.Rings.Where(ring => ring.Length > 0)
            .Select(ring => JsonSerializer.Deserialize<DataKeyRing>(ring.Span, WireJson.Options)!)
            .ToList();
        var header = new BackupHeader
        {
            At = time.GetUtcNow(),
            Schema = content.Schema,
            Tenant = content.Tenant?.ToString(),
        };
        if (content.Tenant is { } tenant)
        {
            if (held is not [{ IsDestroyed: false, Keys.Count: > 0 } ring])
            {
                throw new BackupException($"There is no tenant {tenant} here that has keys.");
            }

            header = header with
            {
                Ring = await rings.ForBackupAsync(OwnerOf(tenant), ring, key, cancellationToken),
                Version = await versions.ForBackupAsync(tenant, content, key, cancellationToken),
                Clients = await clients.ForBackupAsync(tenant, ring, content, key, cancellationToken),
            };
        }
        else
        {
            header = header with
            {
                Masters = [.. held.SelectMany(ring => ring.Keys).Select(held => held.Master).Distinct().Order()],
            };
        }

        return await BackupKey.WrapAsync(header, key, passphrase, wrapping, cancellationToken);
    }

    private static byte[] Head(BackupHeader header)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(header, WireJson.Options);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        return [.. Mark.Span, .. length, .. text];
    }

    private static BackupHeader Parse(byte[] text)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupHeader>(text, WireJson.Options) is { } header
                && (header.Tenant is null || TenantId.TryParse(header.Tenant, null, out _))
                    ? header
                    : throw new JsonException("It is no header.");
        }
        catch (JsonException exception)
        {
            throw new BackupException("The backup's header is damaged. Take another one.", exception);
        }
    }

    private static FileStream Create(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        UnixCreateMode = Private,
    });

    private static KeyOwner OwnerOf(TenantId tenant) => new(tenant.ToString());
}
