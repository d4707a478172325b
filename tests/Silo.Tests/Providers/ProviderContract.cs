using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Sessions;
using Smcp.Storage;

namespace Smcp.Providers;

/// <summary>What a cluster does on each of its stores. One class for each derives from it.</summary>
public abstract class ProviderContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>A cluster's settings, over a store that is new and empty.</summary>
    protected abstract Dictionary<string, string?> NewSettings();

    [Fact]
    public async Task Session_GoesOn_AfterEveryNodeWasStoppedAndStartedAnew()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var settings = NewSettings();
        RelayClient client;
        var seen = new List<JsonNode>();
        await using (var before = await ProviderCluster.StartAsync(settings))
        {
            await using var gateway = await ClusterGateway.StartAsync(before.Client);
            client = await RelayClient.OpenAsync(gateway.Http);
            await foreach (var message in client.CallAsync(
                gateway.Http, "count", """{"count":100}""", patience.Token))
            {
                seen.Add(message);
                if (seen.Count == 10)
                {
                    break;
                }
            }

            // The call ends while its client is away.
            await foreach (var message in client.ResumeAsync(gateway.Http, patience.Token))
            {
                seen.Add(message);
                if (seen.Count == 40)
                {
                    break;
                }
            }
        }

        await using var after = await ProviderCluster.StartAsync(settings);
        await using var here = await ClusterGateway.StartAsync(after.Client);
        await using var there = await ClusterGateway.StartAsync(after.Silo(0));
        var numbers = seen.Select(Told).ToList();
        await foreach (var message in client.ResumeAsync(here.Http, patience.Token))
        {
            numbers.Add(Told(message));
        }

        // Whether the call was done or cut off by the stop is not the store's affair: no event is lost or doubled.
        var counted = numbers.Where(text => int.TryParse(text, CultureInfo.InvariantCulture, out _)).ToList();
        Assert.Equal(Enumerable.Range(1, counted.Count).Select(Text), counted);
        Assert.True(counted.Count >= 40);
        var again = new List<string>();
        await foreach (var message in client.CallAsync(there.Http, "count", """{"count":60}""", patience.Token))
        {
            again.Add(Told(message));
        }

        Assert.Equal([.. Enumerable.Range(1, 60).Select(Text), "counted"], again);
    }

    [Fact]
    public async Task Reminder_Stands_AfterEveryNodeWasStoppedAndStartedAnew()
    {
        var settings = NewSettings();
        var grain = GrainId.Create("tenant", "acme");
        await using (var before = await ProviderCluster.StartAsync(settings))
        {
            await TableOf(before).UpsertRow(NewReminder(grain));
        }

        await using var after = await ProviderCluster.StartAsync(settings);

        var found = await TableOf(after).ReadRow(grain, "sweep");
        Assert.Equal(TimeSpan.FromMinutes(5), found?.Period);
    }

    [Fact]
    public async Task Bell_IsHeardAtTheGateway_WhenItIsRungOnASilo()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await using var cluster = await ProviderCluster.StartAsync(NewSettings());
        var heard = new TaskCompletionSource<Bell>(TaskCreationOptions.RunContinuationsAsynchronously);
        var gateway = cluster.Client.GetRequiredService<IStreamHub>();
        await using var subscription = await gateway.SubscribeAsync<Bell>("bell/gateway", bell =>
        {
            heard.TrySetResult(bell);
            return ValueTask.CompletedTask;
        });

        await cluster.Silo(1).GetRequiredService<IStreamHub>().PublishAsync(
            "bell/gateway", new Bell("connection", 1, 2));

        Assert.Equal(new Bell("connection", 1, 2), await heard.Task.WaitAsync(patience.Token));
    }

    [Fact]
    public async Task Rows_AreCiphertext_WhereTheyAreStored()
    {
        await using var cluster = await ProviderCluster.StartAsync(NewSettings());
        var address = new StateAddress("server-state", "acme/counter/shared", "count");
        await cluster.Silo(0).GetRequiredService<Smcp.Storage.IGrainStorage>()
            .WriteAsync(address, "marker"u8.ToArray(), 0, default);

        var raw = await cluster.Silo(1).GetRequiredKeyedService<Smcp.Storage.IGrainStorage>(RawStorage.Key)
            .ReadAsync(address, default);
        var opened = await cluster.Silo(1).GetRequiredService<Smcp.Storage.IGrainStorage>()
            .ReadAsync(address, default);

        Assert.True(raw!.Payload.Span.IndexOf("marker"u8) < 0);
        Assert.Equal("marker"u8.ToArray(), opened!.Payload.ToArray());
    }

    private static IReminderTable TableOf(ProviderCluster cluster) =>
        cluster.Silo(0).GetRequiredService<IReminderTable>();

    private static ReminderEntry NewReminder(GrainId grain) => new()
    {
        GrainId = grain,
        ReminderName = "sweep",
        StartAt = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
        Period = TimeSpan.FromMinutes(5),
    };

    private static string Told(JsonNode message) => SessionAcrossSilosTests.Told(message);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
