using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Security.Encryption.Masters;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>
/// The log of deletions once more, beside the store and outlasting it: a line each, chained by codes under a key that
/// the master key wraps in the first line. A line that a crash left unfinished is passed over, and written again from
/// the store. <c>docs/storage.md</c> draws it.
/// </summary>
internal sealed class DeletionFile(IOptions<EncryptionOptions> options, IKeyWrapping wrapping) : IDisposable
{
    private const string Beginning = "smcp-deletions-1";
    private const string NewSuffix = ".new";
    private const int KeyBytes = 32;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SemaphoreSlim _gate = new(1);

    private static ReadOnlyMemory<byte> Context { get; } = Encoding.UTF8.GetBytes("smcp deletions 1");

    /// <summary>The file; null where none is kept.</summary>
    public string? Place => options.Value.DeletionsFile;

    /// <summary>What the file tells; nothing where there is none.</summary>
    /// <exception cref="EncryptionStartException">It is not what was written.</exception>
    public async ValueTask<IReadOnlyList<KeyDeletion>> ReadAsync(CancellationToken cancellationToken) =>
        Place is { } place && File.Exists(place) ? (await ReadAsync(place, cancellationToken)).Deletions : [];

    /// <summary>Adds those that are not there yet, durably.</summary>
    public async ValueTask AddAsync(IReadOnlyCollection<KeyDeletion> deletions, CancellationToken cancellationToken)
    {
        if (Place is not { } place || deletions.Count == 0)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            var held = File.Exists(place)
                ? await ReadAsync(place, cancellationToken)
                : await BeginAsync(NewKey(), cancellationToken);
            var known = held.Deletions.Select(deletion => (deletion.Tenant, deletion.Generation)).ToHashSet();
            var text = new StringBuilder(held.Text);
            var code = held.Code;
            foreach (var deletion in deletions.Where(deletion => known.Add((deletion.Tenant, deletion.Generation))))
            {
                code = Write(text, held.Key, code, deletion);
            }

            Append(place, held.Length, text.ToString());
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Wraps the key of the codes with the newest master key, so that who takes an older one away can read on.
    /// </summary>
    public async ValueTask RewrapAsync(CancellationToken cancellationToken)
    {
        if (Place is not { } place || !File.Exists(place))
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            var held = await ReadAsync(place, cancellationToken);
            if (held.Master == await wrapping.CurrentAsync(cancellationToken))
            {
                return;
            }

            var begun = await BeginAsync(held.Key, cancellationToken);
            var text = new StringBuilder(begun.Text);
            var code = begun.Code;
            foreach (var deletion in held.Deletions)
            {
                code = Write(text, held.Key, code, deletion);
            }

            File.Delete(place + NewSuffix);
            Append(place + NewSuffix, 0, text.ToString());
            File.Move(place + NewSuffix, place, overwrite: true);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>Writes a line; its code, which the next one follows.</summary>
    private static byte[] Write(StringBuilder text, byte[] key, byte[] before, KeyDeletion deletion)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{deletion.Tenant} {deletion.Generation} {deletion.At:O}");
        var code = Code(key, before, line);
        text.Append(line).Append(' ').Append(Convert.ToBase64String(code)).Append('\n');
        return code;
    }

    /// <summary>Writes what follows the part that stands there already.</summary>
    private static void Append(string place, long standing, string text)
    {
        using var file = new FileStream(place, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            UnixCreateMode = Private,
            BufferSize = 0,
        });
        file.SetLength(standing);
        file.Seek(standing, SeekOrigin.Begin);
        file.Write(Encoding.ASCII.GetBytes(text).AsSpan((int)standing));
        file.Flush(flushToDisk: true);
    }

    private static byte[] Code(byte[] key, byte[] before, string line) =>
        HMACSHA256.HashData(key.AsSpan(), [.. before, .. Encoding.UTF8.GetBytes(line)]);

    private static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    private async ValueTask<Held> BeginAsync(byte[] key, CancellationToken cancellationToken)
    {
        var wrapped = await wrapping.WrapAsync(key, Context, cancellationToken);
        var first = string.Create(
            CultureInfo.InvariantCulture,
            $"{Beginning} {wrapped.Version} {Convert.ToBase64String(wrapped.Text.Span)}\n");
        return new Held(first, 0, wrapped.Version, key, Code(key, [], first.TrimEnd()), []);
    }

    private async ValueTask<Held> ReadAsync(string place, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(place, cancellationToken);
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        if (whole.Length == 0)
        {
            return await BeginAsync(NewKey(), cancellationToken);
        }

        var lines = whole.TrimEnd('\n').Split('\n');
        if (lines[0].Split(' ') is not [Beginning, var version, var wrapped]
            || !int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || await UnwrapAsync(number, wrapped, cancellationToken) is not { } key)
        {
            throw Damaged(place, 1);
        }

        var code = Code(key, [], lines[0]);
        var deletions = new List<KeyDeletion>();
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Split(' ') is not [var name, var generation, var at, var said]
                || !TenantId.TryParse(name, null, out var tenant))
            {
                throw Damaged(place, i + 1);
            }

            code = Code(key, code, $"{name} {generation} {at}");
            if (Convert.ToBase64String(code) != said)
            {
                throw Damaged(place, i + 1);
            }

            deletions.Add(new KeyDeletion
            {
                Tenant = tenant,
                Generation = int.Parse(generation, CultureInfo.InvariantCulture),
                At = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture),
            });
        }

        return new Held(whole, whole.Length, number, key, code, deletions);
    }

    private async ValueTask<byte[]?> UnwrapAsync(int version, string wrapped, CancellationToken cancellationToken)
    {
        var text = new byte[wrapped.Length];
        return Convert.TryFromBase64String(wrapped, text, out var length)
            ? await wrapping.UnwrapAsync(
                new WrappedKey(version, text.AsMemory(0, length)), Context, cancellationToken)
            : null;
    }

    private static EncryptionStartException Damaged(string place, int line) => new(
        $"The list of destroyed keys {place} is not what was written (line {line}), or of another master key. Put its "
            + "copy in its place; without it, keys that were destroyed since the store's backup would open again.");

    /// <summary>What the file holds, and how much of it is on the disk.</summary>
    private sealed record Held(
        string Text, long Length, int Master, byte[] Key, byte[] Code, IReadOnlyList<KeyDeletion> Deletions);
}
