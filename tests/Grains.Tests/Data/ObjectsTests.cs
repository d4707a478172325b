using System.Security.Cryptography;
using System.Text;
using Smcp.Hosting;
using Smcp.Servers;
using static Smcp.Data.ObjectsSetup;

namespace Smcp.Data;

public sealed class ObjectsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(PieceBytes)]
    [InlineData((2 * PieceBytes) + 1)]
    [InlineData(10 * PieceBytes)]
    public async Task Object_IsWhatWasWritten_AfterACrash(int bytes)
    {
        await using var host = await StartAsync();
        var content = Bytes(bytes);
        var put = await ObjectsOf(host).PutAsync("a/b", new UnknownLength(content), new ServerObjectTerms
        {
            ContentType = "image/png",
            Metadata = new Dictionary<string, string> { ["by"] = "ann" },
        });

        await host.RestartAsync();

        var objects = ObjectsOf(host);
        var found = (await objects.GetAsync("a/b"))!;
        Assert.Equal(content, await ReadAsync(found));
        Assert.Equal(
            ("a/b", bytes, Convert.ToHexStringLower(SHA256.HashData(content)), "image/png", "ann"),
            (found.Info.Key, found.Info.Bytes, found.Info.ETag, found.Info.ContentType, found.Info.Metadata["by"]));
        Assert.Equal(put.ETag, (await objects.HeadAsync("a/b"))!.ETag);
        Assert.Equal(3 + 9 + 5 + bytes, (await UsageAsync(host)).Bytes);
    }

    [Theory]
    [InlineData(0, 10L, 0, 10)]
    [InlineData(1_020, 10L, 1_020, 10)]
    [InlineData(1_024, null, 1_024, 1_976)]
    [InlineData(-5, null, 2_995, 5)]
    [InlineData(-5_000, 1L, 0, 1)]
    [InlineData(2_990, 500L, 2_990, 10)]
    [InlineData(4_000, 10L, 3_000, 0)]
    public async Task Part_IsRead_FromAnOffset(long from, long? length, int offset, int count)
    {
        await using var host = await StartAsync();
        var content = Bytes(3_000);
        await PutAsync(ObjectsOf(host), "a", content);

        var part = (await ObjectsOf(host).GetAsync("a", new ServerObjectRead { Offset = from, Length = length }))!;

        Assert.Equal((offset, count), (part.Offset, part.Length));
        Assert.Equal(content[offset..(offset + count)], await ReadAsync(part));
    }

    [Fact]
    public async Task Object_IsOfOneServerOfOneTenant()
    {
        await using var host = await StartAsync();
        await PutAsync(ObjectsOf(host), "a", "of notes"u8.ToArray());
        await PutAsync(ObjectsOf(host, "globex/notes/shared"), "a", "of globex"u8.ToArray());

        Assert.Equal("of notes", await TextAsync(ObjectsOf(host, "acme/notes/session7"), "a"));
        Assert.Equal("of globex", await TextAsync(ObjectsOf(host, "globex/notes/shared"), "a"));
        Assert.Null(await ObjectsOf(host, "acme/mail/shared").GetAsync("a"));
        Assert.Empty((await ObjectsOf(host, "globex/mail/shared").ListAsync()).Items);
        Assert.False(await ObjectsOf(host, "globex/mail/shared").DeleteAsync("a"));
    }

    [Fact]
    public async Task Conditions_DecideWhatIsDone()
    {
        await using var host = await StartAsync();
        var objects = ObjectsOf(host);
        await Assert.ThrowsAsync<ServerDataConflictException>(async () => await PutIfAsync(objects, "1", "*", null));
        var first = await PutIfAsync(objects, "1", null, "*");
        await Assert.ThrowsAsync<ServerDataConflictException>(async () => await PutIfAsync(objects, "2", null, "*"));
        await Assert.ThrowsAsync<ServerDataConflictException>(async () => await PutIfAsync(objects, "2", "x", null));
        Assert.Equal("1", await TextAsync(objects, "a"));

        var second = await PutIfAsync(objects, "2", first.ETag, null);
        var unchanged = new ServerObjectConditions { IfNoneMatch = second.ETag };
        Assert.Null((await objects.GetAsync("a", new ServerObjectRead { Conditions = unchanged }))!.Content);
        var changed = new ServerObjectConditions { IfNoneMatch = first.ETag };
        Assert.NotNull((await objects.GetAsync("a", new ServerObjectRead { Conditions = changed }))!.Content);
        await Assert.ThrowsAsync<ServerDataConflictException>(
            async () => await objects.DeleteAsync("a", new ServerObjectConditions { IfMatch = first.ETag }));
        Assert.True(await objects.DeleteAsync("a", new ServerObjectConditions { IfMatch = second.ETag }));
        Assert.Null(await objects.HeadAsync("a"));
    }

    [Fact]
    public async Task Conditions_AreCheckedAgain_WhenTheObjectIsWhole()
    {
        await using var host = await StartAsync();
        var objects = ObjectsOf(host);
        var slow = new GatedStream(Bytes(3 * PieceBytes));
        var put = objects.PutAsync("a", slow, new ServerObjectTerms
        {
            Conditions = new ServerObjectConditions { IfNoneMatch = "*" },
        }).AsTask();
        await slow.Reached;
        await PutAsync(objects, "a", "first"u8.ToArray());

        slow.GoOn();

        await Assert.ThrowsAsync<ServerDataConflictException>(() => put);
        Assert.Equal("first", await TextAsync(objects, "a"));
        AssertNoContentBut(host, 1);
    }

    [Fact]
    public async Task Object_IsTheOldOne_UntilTheNewOneIsWhole()
    {
        await using var host = await StartAsync();
        var objects = ObjectsOf(host);
        await PutAsync(objects, "a", "old"u8.ToArray());
        var content = Bytes(3 * PieceBytes);
        var slow = new GatedStream(content);
        var put = objects.PutAsync("a", slow).AsTask();
        await slow.Reached;
        Assert.Equal("old", await TextAsync(objects, "a"));

        slow.GoOn();
        await put;

        Assert.Equal(content, await ReadAsync((await objects.GetAsync("a"))!));
        AssertNoContentBut(host, 1);
    }

    [Fact]
    public async Task Reader_IsToldThatTheObjectWasReplaced_AndReadsNoMixture()
    {
        await using var host = await StartAsync();
        var objects = ObjectsOf(host);
        await PutAsync(objects, "a", Bytes(3 * PieceBytes));
        var reading = (await objects.GetAsync("a"))!;
        var begin = new byte[PieceBytes];
        await reading.Content!.ReadExactlyAsync(begin);

        await PutAsync(objects, "a", new byte[3 * PieceBytes]);

        await Assert.ThrowsAsync<ServerDataConflictException>(
            async () => await reading.Content.ReadExactlyAsync(begin));
    }

    [Fact]
    public async Task List_HasFoldersAndPages()
    {
        await using var host = await StartAsync();
        var objects = ObjectsOf(host);
        foreach (var key in (string[])["readme", "img/1", "img/2", "img/old/3", "doc/4", "img2"])
        {
            await PutAsync(objects, key, [1]);
        }

        var root = await objects.ListAsync(new ServerObjectQuery { Delimiter = "/" });
        Assert.Equal(["img2", "readme"], root.Items.Select(item => item.Key));
        Assert.Equal(["doc/", "img/"], root.Prefixes);
        var folder = await objects.ListAsync(new ServerObjectQuery { Prefix = "img/", Delimiter = "/" });
        Assert.Equal(["img/1", "img/2"], folder.Items.Select(item => item.Key));
        Assert.Equal(["img/old/"], folder.Prefixes);

        var names = new List<string>();
        var query = new ServerObjectQuery { Delimiter = "/", CountMax = 1 };
        do
        {
            var page = await objects.ListAsync(query);
            names.AddRange(page.Items.Select(item => item.Key).Concat(page.Prefixes));
            query = query with { After = page.Next };
        }
        while (query.After is not null);

        Assert.Equal(["doc/", "img/", "img2", "readme"], names);
    }

    [Fact]
    public async Task Put_LeavesNothing_BeyondTheQuota()
    {
        await using var host = await StartAsync(quota: 5_000);
        var objects = ObjectsOf(host);
        await PutAsync(objects, "a", Bytes(2_999));

        // Whether its length is known at first or not.
        await Assert.ThrowsAsync<ServerDataQuotaException>(async () => await PutAsync(objects, "b", Bytes(2_000)));
        await Assert.ThrowsAsync<ServerDataQuotaException>(
            async () => await objects.PutAsync("b", new UnknownLength(Bytes(2_000))));

        Assert.Null(await objects.HeadAsync("b"));
        Assert.Equal(3_000, (await UsageAsync(host)).Bytes);
        AssertNoContentBut(host, 1);
        await PutAsync(objects, "b", Bytes(1_999));
        var usage = await UsageAsync(host);
        Assert.Equal((5_000L, 5_000L), (usage.Bytes, usage.Servers.Single().ObjectBytes));
        Assert.True(await objects.DeleteAsync("a"));
        Assert.Equal(2_000, (await UsageAsync(host)).Bytes);
    }

    [Fact]
    public async Task Put_IsRefused_BeyondTheLimits()
    {
        await using var host = await StartAsync(configure: options =>
        {
            options.ObjectBytesMax = 2 * PieceBytes;
            options.PartObjectsMax = 1;
        });
        var objects = ObjectsOf(host);
        await PutAsync(objects, "a", Bytes(2 * PieceBytes));
        var part = DataPartKey.Of(InstanceKey.Parse("acme/notes/shared").Tenant, ServerId.Parse("notes"), "a");
        var neighbour = Enumerable.Range(0, 100).Select(i => $"k{i}")
            .First(key => DataPartKey.Of(part.Tenant, part.Server, key) == part);

        await Assert.ThrowsAsync<ServerDataQuotaException>(async () => await PutAsync(objects, neighbour, [1]));
        foreach (var content in (Stream[])
            [new MemoryStream(new byte[(2 * PieceBytes) + 1]), new UnknownLength(new byte[(2 * PieceBytes) + 1])])
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await objects.PutAsync("a", content));
        }

        await Assert.ThrowsAsync<ArgumentException>(
            async () => await PutAsync(objects, new string('k', 1_025), [1]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await objects.PutAsync(
            "a", new MemoryStream(), new ServerObjectTerms { ContentType = "text/plain\r\nx: y" }));
        await Assert.ThrowsAsync<ArgumentException>(async () => await objects.PutAsync(
            "a",
            new MemoryStream(),
            new ServerObjectTerms { Metadata = new Dictionary<string, string> { ["m"] = new('m', 2_048) } }));
        Assert.Equal(2 * PieceBytes, (await objects.HeadAsync("a"))!.Bytes);
    }

    private static async Task<ServerObjectInfo> PutIfAsync(
        IServerObjects objects, string text, string? ifMatch, string? ifNoneMatch) =>
        await objects.PutAsync("a", new MemoryStream(Encoding.UTF8.GetBytes(text)), new ServerObjectTerms
        {
            Conditions = new ServerObjectConditions { IfMatch = ifMatch, IfNoneMatch = ifNoneMatch },
        });
}
