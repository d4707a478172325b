using Smcp.Jailer.Testing;

namespace Smcp.Jailer.Orders;

public sealed class OrderRulesTests
{
    private static readonly JailOrder Good = Testing.Orders.Shell("true") with
    {
        Environment = new Dictionary<string, string> { ["A_1"] = "x" },
        Folders = [new JailMount("/srv/images/1", "/app")],
        Scratch = [new JailScratch("/data", 4096)],
        Sockets = [new JailMount("/srv/s", "/run/smcp/s")],
        Ports = [3128],
    };

    public static TheoryData<string> Problems => [.. Bad.Keys];

    private static Dictionary<string, JailOrder> Bad => new()
    {
        ["name"] = Good with { Name = "a b" },
        ["no program"] = Good with { Executable = string.Empty },
        ["an option for a program"] = Good with { Executable = "--bind" },
        ["zero byte"] = Good with { Arguments = ["a\0--share-net"] },
        ["many arguments"] = Good with { Arguments = [.. Enumerable.Repeat("a", 257)] },
        ["long arguments"] = Good with { Arguments = [new string('a', 200_000)] },
        ["relative folder"] = Good with { WorkingFolder = "tmp" },
        ["name of a variable"] = Good with { Environment = new Dictionary<string, string> { ["A=B"] = "x" } },
        ["zero byte in a variable"] = Good with { Environment = new Dictionary<string, string> { ["A"] = "x\0--" } },
        ["dots"] = Good with { Folders = [new JailMount("/srv/../etc", "/app")] },
        ["relative source"] = Good with { Folders = [new JailMount("srv", "/app")] },
        ["root"] = Good with { Folders = [new JailMount("/srv", "/")] },
        ["over a program"] = Good with { Folders = [new JailMount("/srv", "/usr/bin")] },
        ["over another"] = Good with { Scratch = [new JailScratch("/app", 4096)] },
        ["in an image"] = Good with { Scratch = [new JailScratch("/app/link/data", 4096)] },
        ["in a folder to write to"] = Good with { Sockets = [new JailMount("/srv/s", "/data/s")] },
        ["over proc"] = Good with { Scratch = [new JailScratch("/proc", 4096)] },
        ["no size"] = Good with { Scratch = [new JailScratch("/data", 0)] },
        ["low port"] = Good with { Ports = [80] },
        ["port twice"] = Good with { Ports = [3128, 3128] },
        ["memory"] = Good with { Bounds = Testing.Orders.Bounds with { MemoryBytes = 0 } },
        ["processes"] = Good with { Bounds = Testing.Orders.Bounds with { Processes = 0 } },
        ["processor"] = Good with { Bounds = Testing.Orders.Bounds with { CpuPercent = 0 } },
    };

    [Fact]
    public void Order_IsTaken_WhenNothingIsWrong() => Assert.Null(OrderRules.Problem(Good, 3));

    [Theory]
    [MemberData(nameof(Problems))]
    public void Order_IsRefused_ForWhatIsWrong(string problem) => Assert.NotNull(OrderRules.Problem(Bad[problem], 3));

    [Theory]
    [InlineData(2)]
    [InlineData(17)]
    public void Order_IsRefused_ForItsDescriptors(int descriptors) =>
        Assert.NotNull(OrderRules.Problem(Good, descriptors));

    [JailFact]
    public async Task Jailer_RefusesWhatIsNotBeneathItsRoots()
    {
        await using var jailer = await JailerUnderTest.StartAsync();
        var link = Path.Combine(jailer.Folder, "link");
        File.CreateSymbolicLink(link, "/etc");

        await using var prisoner = await jailer.StartAsync(
            Testing.Orders.Shell("true") with { Folders = [new JailMount(link, "/app")] });

        Assert.Equal(JailReplyKind.Refused, prisoner.Reply.Kind);
        Assert.Contains("not beneath", prisoner.Reply.Reason, StringComparison.Ordinal);
    }

    [JailFact]
    public async Task Jailer_RefusesOtherUsers()
    {
        await using var jailer = await JailerUnderTest.StartAsync(arguments: ["--client", "4711"]);
        using var channel = await jailer.ConnectAsync();

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await channel.SendAsync(
                new JailRequest(JailRequestKind.Probe), OrderJson.Default.JailRequest, [], default);
            Assert.Null(await channel.ReceiveAsync(OrderJson.Default.JailReply, default));
            throw new IOException();
        });
    }
}
