using System.Text;
using Smcp.Security.Encryption;
using Smcp.Sessions;
using static Smcp.Data.ObjectsSetup;

namespace Smcp.Data;

/// <summary>What is left of writes that were cut short: nothing.</summary>
public sealed class ObjectRecoveryTests
{
    [Fact]
    public async Task Write_ThatItsWriterGaveUp_LeavesNothing()
    {
        await using var host = await StartAsync();
        var objects = ObjectsOf(host);
        var broken = new GatedStream(Bytes(3 * PieceBytes)) { Fails = true };
        var put = objects.PutAsync("a", broken).AsTask();
        await broken.Reached;

        broken.GoOn();

        await Assert.ThrowsAsync<IOException>(() => put);
        Assert.Null(await objects.HeadAsync("a"));
        Assert.Equal(0, (await UsageAsync(host)).Bytes);
        AssertNoContentBut(host, 0);
    }

    [Fact]
    public async Task Sweep_RemovesWhatADeadWriterLeft()
    {
        await using var host = await StartAsync();
        var part = host.Grains.Locate<IObjectsGrain>("acme/notes/0");
        var piece = new ObjectPiece { Key = "a", Data = Bytes(PieceBytes) };
        var upload = (await part.WriteAsync(piece, default)).Upload!;
        Assert.Equal(1 + PieceBytes, (await UsageAsync(host)).Bytes);

        // No further: a call that the sweep made before would time out.
        host.Clock.Advance(new ServerDataOptions().SweepPeriod);

        await Wait.UntilAsync(() => host.Reminders.Addresses.Count == 0, "the sweep of what was left");
        Assert.Equal(0, (await UsageAsync(host)).Bytes);
        AssertNoContentBut(host, 0);
        var late = await part.WriteAsync(piece with { Upload = upload, Offset = PieceBytes, IsLast = true }, default);
        Assert.NotNull(late.Fault);
        Assert.Null(await part.HeadAsync("a", default));
    }

    [Fact]
    public async Task Piece_IsRefused_OutOfItsPlace()
    {
        await using var host = await StartAsync();
        var part = host.Grains.Locate<IObjectsGrain>("acme/notes/0");
        var piece = new ObjectPiece { Key = "a", Data = Bytes(PieceBytes) };
        foreach (var wrong in (Func<ObjectPiece, ObjectPiece>[])
            [
                next => next with { Offset = 0 },
                next => next with { Key = "b" },
                next => next with { Data = Bytes(PieceBytes - 1), IsLast = false },
                next => next with { Data = Bytes(PieceBytes + 1) },
            ])
        {
            var upload = (await part.WriteAsync(piece, default)).Upload!;
            var next = piece with { Upload = upload, Offset = PieceBytes, IsLast = true };

            Assert.NotNull((await part.WriteAsync(wrong(next), default)).Fault);
            Assert.NotNull((await part.WriteAsync(next, default)).Fault);
        }

        Assert.Null(await part.HeadAsync("a", default));
        AssertNoContentBut(host, 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_IsWhole_WhereverTheProcessDied(bool diesAfter)
    {
        const int WritesMax = 60;
        string?[] steps = [null, "one", new string('2', 3 * PieceBytes), new string('3', PieceBytes + 1), null];
        var deaths = 0;
        for (var diesAt = 1; diesAt <= WritesMax; diesAt++)
        {
            var stores = new MemoryStores();
            var mortal = new MortalStores(stores, diesAt, diesAfter);
            var acknowledged = await LiveAsync(stores, mortal, steps);
            deaths += mortal.IsDead ? 1 : 0;

            await using var host = await StartAsync(stores: stores);
            var objects = ObjectsOf(host);
            var value = await TextAsync(objects, "key");

            // What was acknowledged is there; what was not may be, and is whole then.
            Assert.Contains(value, new[] { steps[acknowledged], steps[Math.Min(acknowledged + 1, 4)] });
            Assert.Equal(value is null ? 0 : 1, (await objects.ListAsync()).Items.Count);
            Assert.Equal(value is null ? 0 : 3 + value.Length, (await UsageAsync(host)).Bytes);
            AssertNoContentBut(host, value is null ? 0 : 1);
        }

        Assert.InRange(deaths, 10, WritesMax - 1);
    }

    /// <summary>Writes, replaces and removes until the process dies; how many were acknowledged.</summary>
    private static async Task<int> LiveAsync(MemoryStores stores, MortalStores mortal, string?[] steps)
    {
        var acknowledged = 0;
        try
        {
            await using var host = await StartAsync(stores: stores, mortal: mortal);
            foreach (var value in steps[1..])
            {
                if (value is null)
                {
                    await ObjectsOf(host).DeleteAsync("key");
                }
                else
                {
                    await PutAsync(ObjectsOf(host), "key", Encoding.UTF8.GetBytes(value));
                }

                acknowledged++;
            }
        }
        catch (Exception) when (mortal.IsDead)
        {
            // The process died.
        }

        return acknowledged;
    }
}
