using System.Globalization;
using Smcp.EndToEnd.Backup;
using Smcp.EndToEnd.Serving;
using Xunit.Abstractions;

namespace Smcp.EndToEnd.Crash;

/// <summary>
/// SIGKILL while the master key and data keys are rotated: the next process carries the rotation on, and everything
/// that was stored reads.
/// </summary>
public sealed class RotationCrashTests(ITestOutputHelper output) : IDisposable
{
    private const int RoundsMax = 16;
    private const int InterruptedMin = 3;
    private const int Users = 30;

    private readonly CancellationTokenSource _late = new(TimeSpan.FromMinutes(8), TimeProvider.System);
    private readonly DataFolder _data = new();
    private readonly DataFolder _other = new();
    private readonly EffectHistory _effects = new();

    [Fact]
    public async Task Rotation_GoesOnByItself_WhenItWasKilledAnywhere()
    {
        var random = new Random(Seed());
        var users = await FillAsync();
        var interrupted = 0;
        for (var round = 0; round < RoundsMax && interrupted < InterruptedMin; round++)
        {
            interrupted += await InterruptAsync(random.Next(60)) ? 1 : 0;
        }

        output.WriteLine($"{interrupted} rotations were interrupted.");
        Assert.True(interrupted > 0, "No kill met a rotation, so nothing was tested.");
        await using var smcp = await StartAsync();
        using var admin = Admin(smcp);
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        while (!await IsDoneAsync(admin))
        {
            await ticks.WaitForNextTickAsync(_late.Token);
        }

        Assert.Equal(users.Order(), (await admin.UsersAsync("acme")).Order());
        using var reader = new CountingClient("reader", new EffectHistory());
        await reader.OpenAsync(smcp, _late.Token);
        Assert.Empty(_effects.Violations(await reader.HistoryAsync(smcp, _late.Token)));
        var backup = Path.Combine(_other.Path, "smcp.backup");
        await BackupProgram.RunAsync(0, "Backed up", "backup", backup, "--data", _data.Path);
        await BackupProgram.RunAsync(0, "The backup is whole", "restore-drill", backup, "--data", _data.Path);
    }

    public void Dispose()
    {
        _late.Dispose();
        _data.Dispose();
        _other.Dispose();
    }

    private async Task<IReadOnlyList<string>> FillAsync()
    {
        await using var smcp = await StartAsync();
        using var admin = Admin(smcp);
        await admin.ProvisionAsync("acme");
        var users = new List<string>();
        for (var user = 0; user < Users; user++)
        {
            users.Add(await admin.InviteAsync("acme", $"user{user}"));
        }

        using var client = new CountingClient("first", _effects);
        await client.OpenAsync(smcp, _late.Token);
        await client.WorkAsync(smcp, 40, _late.Token);
        await smcp.KillAsync();
        return users;
    }

    /// <summary>Kills it after so many answers, and tells whether the next process had something left to do.</summary>
    private async Task<bool> InterruptAsync(int answers)
    {
        await using (var doomed = await StartAsync())
        {
            using var admin = Admin(doomed);
            var rotations = Task.WhenAll(
                TryAsync(admin, "encryption/rotate"),
                TryAsync(admin, "tenants/acme/encryption/rotate"),
                TryAsync(admin, "tenants/default/encryption/rotate"));
            for (var left = answers; left > 0; left--)
            {
                await admin.DoAsync("GET", "encryption");
            }

            await doomed.KillAsync();
            await rotations;
        }

        await using var smcp = await StartAsync();
        using var next = Admin(smcp);
        var isInterrupted = !await IsDoneAsync(next);
        await smcp.KillAsync();
        return isInterrupted;
    }

    private static async Task<bool> IsDoneAsync(Administration admin)
    {
        var status = (await admin.DoAsync("GET", "encryption"))!;
        return status["rotating"]!.GetValue<int>() == 0 && status["onOlderMaster"]!.GetValue<int>() == 0;
    }

    private static async Task TryAsync(Administration admin, string path)
    {
        try
        {
            await admin.AskAsync("POST", path);
        }
        catch (HttpRequestException)
        {
            // It died before it answered: that is what is tested.
        }
    }

    private Task<Standalone> StartAsync() =>
        Standalone.StartAsync(_data.Path, ["--Smcp:Encryption:RetiredKeyGrace=00:00:00"]);

    private Administration Admin(Standalone smcp) => new(smcp, Administration.KeyOf(_data.Path));

    private int Seed()
    {
        var given = Environment.GetEnvironmentVariable("SMCP_SEED");
        var seed = given is null ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        output.WriteLine($"SMCP_SEED={seed}");
        return seed;
    }
}
