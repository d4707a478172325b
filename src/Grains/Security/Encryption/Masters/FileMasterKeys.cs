using System.Text;

namespace Smcp.Security.Encryption.Masters;

/// <summary>
/// Master keys in a file of mode 0600. A key is appended and synced before anything is wrapped by it; a line that a
/// crash left unfinished is therefore nobody's key, and is passed over. (The sync of a new file takes its name along on
/// the file systems in use: ext4, XFS, Btrfs, APFS.)
/// </summary>
internal sealed class FileMasterKeys(string path) : IMasterKeys
{
    private const string Heading = "# Master keys of Smcp (version:key). Secret; without it the store is lost.\n";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private readonly string _path = Path.GetFullPath(path);

    public string Place => _path;

    public IReadOnlyList<MasterKey> Load()
    {
        try
        {
            if (!File.Exists(_path))
            {
                return [];
            }

            RequirePrivate();
            return MasterKeyText.Parse(Whole(File.ReadAllText(_path))) is { Count: > 0 } keys
                ? keys
                : throw new EncryptionStartException($"{_path} holds no master keys. Restore it from a backup.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EncryptionStartException(
                $"The master key's file {_path} cannot be read: {exception.Message}", exception);
        }
    }

    public void Add(MasterKey key)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            using var file = new FileStream(_path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = Mode,
                BufferSize = 0,
            });
            using var reader = new StreamReader(file, leaveOpen: true);
            var whole = Whole(reader.ReadToEnd());
            if (MasterKeyText.Parse(whole)?.Any(held => held.Version >= key.Version) == true)
            {
                // Another node was faster: its key is the one.
                return;
            }

            file.SetLength(Encoding.UTF8.GetByteCount(whole));
            file.Seek(0, SeekOrigin.End);
            file.Write(Encoding.UTF8.GetBytes((whole.Length == 0 ? Heading : "") + MasterKeyText.Line(key)));
            file.Flush(flushToDisk: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EncryptionStartException(
                $"The master key's file {_path} cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>The text up to its last whole line.</summary>
    private static string Whole(string text) => text[..(text.LastIndexOf('\n') + 1)];

    private void RequirePrivate()
    {
        if ((File.GetUnixFileMode(_path) & Others) != UnixFileMode.None)
        {
            throw new EncryptionStartException(
                $"The master key's file {_path} can be read by other users. Say: chmod 600 {_path}");
        }
    }
}
