using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Smcp.Storage.Sqlite;

/// <summary>
/// SQLite's own library, as the system installs and updates it: the one that NuGet bundles for the provider at hand
/// is from 2021.
/// </summary>
internal static class SqliteLibrary
{
    /// <summary>STRICT tables came with 3.37.0 (2021-11-27).</summary>
    public const int VersionMin = 3_037_000;

    private const string ProviderName = "e_sqlite3";

    private static readonly string[] LinuxNames = ["libsqlite3.so.0"];

    // Homebrew's is the newer one where both are there.
    private static readonly string[] MacNames =
    [
        "/opt/homebrew/opt/sqlite/lib/libsqlite3.dylib",
        "/usr/local/opt/sqlite/lib/libsqlite3.dylib",
        "libsqlite3.dylib",
    ];

    // Not state but a fact of the process: the runtime takes one resolver for an assembly, and SQLitePCL one provider.
    private static readonly Lazy<int> LoadedVersion = new(Bind);

    /// <summary>Loads the library once for the process, and returns its version.</summary>
    /// <exception cref="StorageStartException">It is missing or too old.</exception>
    public static int Load() => LoadedVersion.Value;

    /// <summary>Opens the first library of these names that the system has.</summary>
    internal static nint Open(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                return handle;
            }
        }

        throw new StorageStartException(StorageStartFailure.LibraryMissing, OperatingSystem.IsMacOS()
            ? "SQLite's library (libsqlite3.dylib) was not found. Install it with: brew install sqlite"
            : "SQLite's library (libsqlite3.so.0) was not found. Install it with: "
                + "sudo apt-get install libsqlite3-0 (Debian, Ubuntu), sudo dnf install sqlite-libs (Fedora) "
                + "or sudo apk add sqlite-libs (Alpine)");
    }

    internal static void RequireVersion(int version)
    {
        if (version < VersionMin)
        {
            throw new StorageStartException(
                StorageStartFailure.LibraryTooOld,
                $"SQLite's library is version {Dotted(version)}; {Dotted(VersionMin)} or later is needed. "
                    + "Update the system's SQLite.");
        }
    }

    private static int Bind()
    {
        var library = Open(OperatingSystem.IsMacOS() ? MacNames : LinuxNames);
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            (string name, Assembly _, DllImportSearchPath? _) => name == ProviderName ? library : nint.Zero);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        var version = raw.sqlite3_libversion_number();
        RequireVersion(version);
        return version;
    }

    private static string Dotted(int version) => $"{version / 1_000_000}.{version / 1000 % 1000}.{version % 1000}";
}
