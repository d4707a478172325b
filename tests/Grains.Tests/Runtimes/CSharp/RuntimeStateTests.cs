using System.Globalization;
using Smcp.Samples.Counter;

namespace Smcp.Runtimes.CSharp;

public sealed class RuntimeStateTests
{
    [Fact]
    public async Task State_OutlivesItsRuntime()
    {
        var storage = new MemoryGrainStorage();
        await using (var first = await RuntimeFixture.StartAsync<CounterServer>(storage))
        {
            await first.CallToolAsync(null, "increment", """{"operationId":"a"}""");
        }

        await using var second = await RuntimeFixture.StartAsync<CounterServer>(storage);
        var result = await second.CallToolAsync(null, "history");

        Assert.Equal("""{"count":1,"operations":["a"]}""", result["structuredContent"]!.ToJsonString());
    }

    [Fact]
    public async Task State_CountsEveryCall_WhenManyRunAtOnce()
    {
        await using var fixture = await RuntimeFixture.StartAsync<CounterServer>();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => fixture.CallToolAsync(null, "increment")));

        Assert.Equal(
            Enumerable.Range(1, 200),
            answers
                .Select(answer => int.Parse((string)answer["content"]![0]!["text"]!, CultureInfo.InvariantCulture))
                .Order());
    }

    [Fact]
    public async Task Runtime_Ends_WhenAnotherInstanceWroteItsState()
    {
        var storage = new MemoryGrainStorage();
        await using var stale = await RuntimeFixture.StartAsync<CounterServer>(storage);
        await using var current = await RuntimeFixture.StartAsync<CounterServer>(storage);
        await current.CallToolAsync(null, "increment");
        var result = await stale.CallToolAsync(null, "increment");

        Assert.True((bool?)result["isError"]);
        Assert.NotEmpty(await stale.Events.Ending.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
