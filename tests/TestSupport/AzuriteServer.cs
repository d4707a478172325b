using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Smcp.TestSupport;

/// <summary>
/// Azurite, which stands in for Azure's blob service, on a free port of loopback, with everything in its memory. It
/// ends with the test process however that ends.
/// </summary>
public sealed class AzuriteServer : IDisposable
{
    private const string Installed = "tests/AzureBlobs.Tests/azurite/node_modules/azurite/dist/src/blob/main.js";
    private const string Announcement = "successfully listens on ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly Process _process;
    private readonly string _address;
    private int _containers;

    public AzuriteServer()
    {
        // A shell holds it: at the end of its input, which is the end of this process too, it ends the server.
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList =
            {
                "-c",
                $"""
                node '{FindProgram()}' --blobHost 127.0.0.1 --blobPort 0 --inMemoryPersistence \
                  --disableTelemetry --skipApiVersionCheck </dev/null 2>&1 &
                server=$!
                read -r line || true
                kill $server
                wait $server || true
                """,
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = $"smcptest:{_key}";
        _process = Process.Start(start)!;
        _address = FindAddressAsync().WaitAsync(Patience).GetAwaiter().GetResult();

        // It must not wait for who reads what it says of each request.
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    /// <summary>The connection string.</summary>
    public string ConnectionString =>
        $"AccountName=smcptest;AccountKey={_key};BlobEndpoint={_address}/smcptest";

    /// <summary>A name that no container has.</summary>
    public string NewContainer() =>
        string.Create(CultureInfo.InvariantCulture, $"test-{Interlocked.Increment(ref _containers)}");

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<string> FindAddressAsync()
    {
        var said = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line.IndexOf(Announcement, StringComparison.Ordinal) is >= 0 and var at)
            {
                return line[(at + Announcement.Length)..].Trim();
            }
        }

        throw new InvalidOperationException($"Azurite does not start: {string.Join('\n', said)}");
    }

    private static string FindProgram()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var program = Path.Combine(folder.FullName, Installed);
            if (File.Exists(program))
            {
                return program;
            }
        }

        var named = Environment.GetEnvironmentVariable("SMCP_AZURITE");
        return named ?? throw new InvalidOperationException(
            "Azurite is missing. Install it: npm ci in tests/AzureBlobs.Tests/azurite");
    }
}
