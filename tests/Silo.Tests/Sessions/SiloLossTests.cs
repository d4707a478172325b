using System.Text.Json.Nodes;

namespace Smcp.Sessions;

/// <summary>A silo is lost without a word, and the sessions that were on it go on elsewhere.</summary>
public sealed class SiloLossTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TwoSilos _silos = new();

    public Task InitializeAsync() => _silos.InitializeAsync();

    public Task DisposeAsync() => _silos.DisposeAsync();

    [Fact]
    public async Task Call_GoesOnWhereItWas_WhenTheSiloOfItsSessionIsLost()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var (client, survivor) = await OpenApartAsync();
        await using var gateway = await ClusterGateway.StartAsync(_silos.Silo(survivor));
        var (told, question) = await AskAsync(client, gateway.Http, patience.Token);

        await _silos.Cluster.KillSiloAsync(_silos.Cluster.Silos[1 - survivor]);
        await client.AcceptedAsync(gateway.Http, SessionAcrossSilosTests.Answer(question));
        await foreach (var message in client.ResumeAsync(gateway.Http, patience.Token))
        {
            told.Add(SessionAcrossSilosTests.Told(message));
        }

        Assert.Equal(["1", "2", "3", "elicitation/create", "4", "5", "6", "plum"], told);
    }

    [Fact]
    public async Task Call_EndsInAnError_WhenTheSiloOfItsInstanceIsLost()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var (client, lost) = await OpenApartAsync();
        await using var gateway = await ClusterGateway.StartAsync(_silos.Silo(1 - lost));
        var (told, _) = await AskAsync(client, gateway.Http, patience.Token);

        await _silos.Cluster.KillSiloAsync(_silos.Cluster.Silos[lost]);
        var after = new List<JsonNode>();
        await foreach (var message in client.ResumeAsync(gateway.Http, patience.Token))
        {
            after.Add(message);
        }

        Assert.Equal(["1", "2", "3", "elicitation/create"], told);
        Assert.Equal(-32603, Assert.Single(after)["error"]?["code"]?.GetValue<int>());
        await using var again = client.CallAsync(gateway.Http, "count", """{"count":1}""", patience.Token)
            .GetAsyncEnumerator(patience.Token);
        Assert.True(await again.MoveNextAsync(), "The session does not serve a call after the loss.");
    }

    /// <summary>Calls the tool that asks, up to its question, and lets the connection go.</summary>
    private static async Task<(List<string> Told, JsonNode Question)> AskAsync(
        RelayClient client, HttpClient gateway, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        await foreach (var message in client.CallAsync(gateway, "ask", "{}", cancellationToken))
        {
            told.Add(SessionAcrossSilosTests.Told(message));
            if (SessionAcrossSilosTests.IsQuestion(message))
            {
                return (told, message);
            }
        }

        throw new InvalidOperationException("The call ended without a question.");
    }

    /// <summary>Opens a session that is not on the silo of the relay's instance, and says where that is.</summary>
    private async Task<(RelayClient Client, int Instance)> OpenApartAsync()
    {
        await using var gateway = await ClusterGateway.StartAsync(_silos.Client);
        for (var attempt = 0; attempt < 64; attempt++)
        {
            var client = await RelayClient.OpenAsync(gateway.Http);
            var instance = _silos.SiloOf("instance", "default/relay/shared");
            if (_silos.SiloOf("session", $"default/relay/{client.Session}") == 1 - instance)
            {
                return (client, instance);
            }
        }

        throw new InvalidOperationException("No session of 64 was placed apart from the instance.");
    }
}
