using System.Globalization;
using System.Text.Json.Nodes;

namespace Smcp.Sessions;

/// <summary>A client's session over HTTP, with the real grains, on two silos and a gateway at each.</summary>
public sealed class SessionAcrossSilosTests(TwoSilos silos) : IClassFixture<TwoSilos>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private ClusterGateway? _here;
    private ClusterGateway? _there;

    private HttpClient Here => _here!.Http;

    private HttpClient There => _there!.Http;

    public async Task InitializeAsync()
    {
        _here = await ClusterGateway.StartAsync(silos.Silo(0));
        _there = await ClusterGateway.StartAsync(silos.Silo(1));
    }

    public async Task DisposeAsync()
    {
        await _here!.DisposeAsync();
        await _there!.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task Stream_IsSeenOnceAndInOrder_WhenItIsResumedAtTheOtherSilo(int before)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var client = await RelayClient.OpenAsync(Here);
        var seen = new List<JsonNode>();
        await foreach (var message in client.CallAsync(Here, "count", """{"count":100}""", patience.Token))
        {
            seen.Add(message);
            if (seen.Count == before)
            {
                break;
            }
        }

        await foreach (var message in client.ResumeAsync(There, patience.Token))
        {
            seen.Add(message);
        }

        Assert.Equal([.. Enumerable.Range(1, 100).Select(Text), "counted"], seen.Select(Told));
    }

    [Fact]
    public async Task Question_IsAnsweredAtTheOtherSilo()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var client = await RelayClient.OpenAsync(Here);
        var told = new List<string>();
        await foreach (var message in client.CallAsync(Here, "ask", "{}", patience.Token))
        {
            told.Add(Told(message));
            if (IsQuestion(message))
            {
                await client.AcceptedAsync(There, Answer(message));
            }
        }

        Assert.Equal(["1", "2", "3", "elicitation/create", "4", "5", "6", "plum"], told);
    }

    internal static bool IsQuestion(JsonNode message) => message["method"]?.GetValue<string>() == "elicitation/create";

    internal static string Answer(JsonNode question) =>
        $$"""
        {"jsonrpc":"2.0","id":{{question["id"]!.ToJsonString()}},
        "result":{"action":"accept","content":{"word":"plum"} } }
        """;

    /// <summary>What a message says: the number of a progress, the text of a result, or else its method.</summary>
    internal static string Told(JsonNode message) =>
        message["params"]?["progress"]?.ToJsonString()
        ?? message["result"]?["content"]?[0]?["text"]?.GetValue<string>()
        ?? message["method"]?.GetValue<string>()
        ?? message.ToJsonString();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
