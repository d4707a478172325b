using System.Diagnostics;
using System.Globalization;

namespace Smcp.TestSupport;

/// <summary>
/// A PostgreSQL server of the test's own: a new cluster in a temporary folder, reached by a Unix socket in it, ended
/// with the test process however that ends. With a port it listens on loopback too, where passwords are asked for.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-pg-").FullName;
    private readonly Process _process;
    private readonly string _port;
    private int _databases;

    public PostgresServer()
        : this(null)
    {
    }

    private PostgresServer(int? port)
    {
        var bin = FindPrograms();
        var addresses = port is null ? string.Empty : "127.0.0.1";
        _port = (port ?? 5432).ToString(CultureInfo.InvariantCulture);

        // A shell holds it: at the end of its input, which is the end of this process too, it ends the server.
        _process = Start($"""
            set -e
            as_user() {AsUser()}
            if [ "$(id -u)" = 0 ]; then chown nobody '{_folder}'; fi
            as_user '{bin}/initdb' -D '{_folder}/data' -U smcp --auth-local=trust \
              --auth-host=scram-sha-256 -E UTF8 --locale=C --no-sync >/dev/null
            as_user '{bin}/postgres' -D '{_folder}/data' -k '{_folder}' -p {_port} \
              -c listen_addresses={addresses} -c fsync=off \
              -c max_connections=300 -c unix_socket_permissions=0777 2>'{_folder}/log' &
            server=$!
            for try in $(seq 300); do
              if '{bin}/pg_isready' -q -h '{_folder}' -p {_port}; then echo ready; break; fi
              kill -0 $server
              sleep 0.1
            done
            read -r line || true
            kill -QUIT "$(head -n 1 '{_folder}/data/postmaster.pid')"
            wait $server || true
            """);
        var ready = _process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult();
        if (ready != "ready")
        {
            var problem = _process.StandardError.ReadToEnd();
            throw new InvalidOperationException($"PostgreSQL does not start: {problem}");
        }

        Programs = bin;
    }

    /// <summary>The folder of psql and the rest.</summary>
    public string Programs { get; }

    /// <summary>A server on this port of loopback too.</summary>
    public static PostgresServer ListeningOn(int port) => new(port);

    /// <summary>The connection string of a database of the server that is new and empty.</summary>
    public string NewDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        Run("postgres", $"CREATE DATABASE {name}");
        return TextOf(name);
    }

    /// <summary>Runs a statement as the server's superuser.</summary>
    public void Run(string database, string statement)
    {
        var start = new ProcessStartInfo($"{Programs}/psql") { RedirectStandardError = true };
        string[] place = ["-h", _folder, "-p", _port, "-U", "smcp", "-d", database];
        foreach (var argument in (string[])[.. place, "-qAt", "-c", statement])
        {
            start.ArgumentList.Add(argument);
        }

        using var psql = Process.Start(start)!;
        var problem = psql.StandardError.ReadToEnd();
        psql.WaitForExit();
        if (psql.ExitCode != 0)
        {
            throw new InvalidOperationException($"{statement}: {problem}");
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string TextOf(string database) => $"Host={_folder};Port={_port};Username=smcp;Database={database}";

    /// <summary>PostgreSQL does not run as root.</summary>
    private static string AsUser() => """
        { if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --clear-groups "$@"; else "$@"; fi; }
        """.Trim();

    private static Process Start(string script) => Process.Start(new ProcessStartInfo("/bin/sh")
    {
        ArgumentList = { "-c", script },
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Debian keeps the server's programs beside the path.</summary>
    private static string FindPrograms()
    {
        const string debian = "/usr/lib/postgresql";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':');
        var versions = Directory.Exists(debian)
            ? Directory.GetDirectories(debian).OrderDescending(StringComparer.Ordinal).Select(v => $"{v}/bin")
            : [];
        return versions.Concat(folders).FirstOrDefault(folder => File.Exists($"{folder}/initdb"))
            ?? throw new InvalidOperationException(
                "PostgreSQL is missing. Install it: sudo apt-get install postgresql");
    }
}
