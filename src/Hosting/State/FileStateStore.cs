using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Smcp.Hosting.State;

/// <summary>
/// State in files, one for each name: a line with the version, then the JSON. A write goes to a file beside it, which
/// then takes its place, so
/// that a crash leaves the old or the new. One process at a time.
/// </summary>
internal sealed class FileStateStore : IServerStateStore, IDisposable
{
    private readonly string _folder;
    private readonly FileStream _lock;

    /// <exception cref="IOException">The folder cannot be used, or another process uses it.</exception>
    public FileStateStore(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        try
        {
            _lock = new FileStream(
                Path.Combine(_folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The data folder {_folder} cannot be used: another process holds it, or it is not writable.",
                exception);
        }
    }

    public async ValueTask<StoredServerState?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return File.Exists(path) ? Parse(path, await File.ReadAllBytesAsync(path, cancellationToken)) : null;
    }

    public async ValueTask<long> WriteAsync(
        string name, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    {
        var stored = await ReadAsync(name, cancellationToken);
        if ((stored?.Version ?? 0) != expectedVersion)
        {
            throw new ServerStateConflictException($"The state '{name}' has another version than {expectedVersion}.");
        }

        var path = PathOf(name);
        var next = path + ".next";
        await using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            var version = (expectedVersion + 1).ToString(CultureInfo.InvariantCulture);
            await file.WriteAsync(Encoding.ASCII.GetBytes(version + "\n"), cancellationToken);
            await file.WriteAsync(payload, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
        return expectedVersion + 1;
    }

    public void Dispose() => _lock.Dispose();

    private static StoredServerState Parse(string path, byte[] content)
    {
        var line = content.AsSpan().IndexOf((byte)'\n');
        return line > 0 && Utf8Parser.TryParse(content.AsSpan(0, line), out long version, out var read) && read == line
            ? new StoredServerState(content.AsMemory(line + 1), version)
            : throw new IOException($"The state file {path} is damaged.");
    }

    private string PathOf(string name) => Path.Combine(_folder, Uri.EscapeDataString(name) + ".state");
}
