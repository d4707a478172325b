using System.Text.Json;
using Smcp.Wire;

namespace Smcp.Engine;

/// <summary>Faults by seed: a grain that keeps its promise by durable writes keeps it through them.</summary>
public sealed class ChaosTests
{
    [Fact]
    public async Task Value_IsTheLastAcknowledged_WhenActivationsAreKilledAndMoved()
    {
        await using var engine = new EmbeddedFixture(faults: faults =>
        {
            faults.KillRate = 0.2;
            faults.MoveRate = 0.2;
        });
        var grain = engine.NewGrain();
        var activations = new HashSet<string>();

        for (var value = 1; value <= 100; value++)
        {
            await grain.WriteAsync(value, default);
            var read = await grain.ReadAsync(default);
            Assert.Equal(value, read.Value);
            activations.Add(read.Text);
        }

        Assert.InRange(activations.Count, 10, 100);
    }

    [Fact]
    public async Task StaleActivation_CannotWrite_WhenActivationsAreDuplicated()
    {
        await using var engine = new EmbeddedFixture(faults: faults => faults.DuplicateRate = 0.3);
        var grain = engine.NewGrain(out var key);
        var refused = 0;
        var acknowledged = 0;

        for (var value = 1; value <= 100; value++)
        {
            try
            {
                await grain.WriteAsync(value, default);
                acknowledged = value;
            }
            catch (Storage.StateConflictException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, 99);
        var stored = Assert.Single(engine.States.States, state => state.Key.GrainKey == key).Value;
        Assert.Equal(100 - refused, stored.Version);
        var state = JsonSerializer.Deserialize<ContractState>(stored.Payload.Span, WireJson.Options);
        Assert.Equal(acknowledged, state!.Value);
    }

    [Fact]
    public async Task Faults_AreTheSame_WhenTheSeedIs()
    {
        Assert.Equal(await RunAsync(7), await RunAsync(7));
        Assert.NotEqual(await RunAsync(7), await RunAsync(8));
    }

    [Fact]
    public async Task Bells_AreLostAndRepeated_WhenTheyMeetFaults()
    {
        await using var engine = new EmbeddedFixture(faults: faults =>
        {
            faults.BellLossRate = 0.2;
            faults.BellRepeatRate = 0.2;
            faults.BellDelayRate = 0.2;
        });
        var last = engine.Witness.WhenSeenAsync("last");
        var received = new List<string>();
        await using var subscription = await engine.Streams.SubscribeAsync<ContractMessage>("bells", bell =>
        {
            received.Add(bell.Text);
            if (bell.Text == "last")
            {
                engine.Witness.See("last");
            }

            return ValueTask.CompletedTask;
        });

        for (var i = 0; i < 50; i++)
        {
            await engine.Streams.PublishAsync("bells", new ContractMessage { Text = $"{i}" });
        }

        for (var i = 0; i < 50; i++)
        {
            await engine.Streams.PublishAsync("bells", new ContractMessage { Text = "last" });
        }

        await engine.SoonAsync(last, "one of fifty bells");
        var numbers = received.TakeWhile(text => text != "last").ToArray();
        Assert.NotEqual(50, numbers.Distinct().Count());
        Assert.NotEqual(numbers.Distinct().Count(), numbers.Length);
        Assert.NotEqual(numbers.OrderBy(text => int.Parse(text, null)), numbers);
    }

    private static async Task<string> RunAsync(int seed)
    {
        await using var engine = new EmbeddedFixture(faults: faults =>
        {
            faults.Seed = seed;
            faults.KillRate = 0.3;
        });
        var grain = engine.NewGrain();
        var history = new List<bool>();
        var activation = string.Empty;
        for (var i = 0; i < 50; i++)
        {
            var now = await grain.ActivationAsync(default);
            history.Add(now == activation);
            activation = now;
        }

        return string.Join(',', history);
    }
}
