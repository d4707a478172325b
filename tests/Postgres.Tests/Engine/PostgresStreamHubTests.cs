using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Sessions;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp.Engine;

[Collection(PostgresCollection.Name)]
public sealed class PostgresStreamHubTests(PostgresServer server) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestDatabase _database = new(
        server, options => options.ListenRetry = TimeSpan.FromMilliseconds(20));

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Bell_IsHeardAtAnotherNode_ByThoseOfItsStreamOnly()
    {
        await using var here = NewHub();
        await using var there = NewHub();
        var (heard, other) = (Channel.CreateUnbounded<Bell>(), Channel.CreateUnbounded<Bell>());
        await there.SubscribeAsync<Bell>("bell/a", bell => heard.Writer.WriteAsync(bell));
        await there.SubscribeAsync<Bell>("bell/b", bell => other.Writer.WriteAsync(bell));

        await here.PublishAsync("bell/a", new Bell("connection", 1, 2));
        await here.PublishAsync("bell/b", new Bell("another", 3, 4));

        Assert.Equal(new Bell("connection", 1, 2), await NextAsync(heard));
        Assert.Equal(new Bell("another", 3, 4), await NextAsync(other));
        Assert.False(heard.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Bell_IsNotHeard_WhenTheSubscriptionEnded()
    {
        await using var hub = NewHub();
        var heard = Channel.CreateUnbounded<Bell>();
        var first = await hub.SubscribeAsync<Bell>("bell/a", _ => throw new InvalidOperationException("It ended."));
        await first.DisposeAsync();
        await hub.SubscribeAsync<Bell>("bell/a", bell => heard.Writer.WriteAsync(bell));

        await hub.PublishAsync("bell/a", new Bell("connection", 1, 2));

        Assert.Equal(2, (await NextAsync(heard)).Sequence);
    }

    [Fact]
    public async Task Bells_AreHeardAgain_AfterTheServerEndedTheConnection()
    {
        await using var hub = NewHub();
        var heard = Channel.CreateUnbounded<Bell>();
        await hub.SubscribeAsync<Bell>("bell/a", bell => heard.Writer.WriteAsync(bell));
        _database.Run("""
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE query LIKE 'LISTEN%' AND datname = current_database()
            """);

        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var next = heard.Reader.ReadAsync(patience.Token).AsTask();
        for (var sequence = 1; !next.IsCompleted; sequence++)
        {
            // What is rung while nobody listens is lost, as a bell may be: whoever waits looks again by the clock.
            await hub.PublishAsync("bell/a", new Bell("connection", 1, sequence));
        }

        Assert.Equal("connection", (await next).Connection);
    }

    private PostgresStreamHub NewHub() =>
        new(_database.NewStore(), TimeProvider.System, NullLogger<PostgresStreamHub>.Instance);

    private static async Task<Bell> NextAsync(Channel<Bell> heard)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        return await heard.Reader.ReadAsync(patience.Token);
    }
}
