using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Samples.Everything;

namespace Smcp.Hosting.Classes;

public sealed class ServerClassTests
{
    [Theory]
    [InlineData(typeof(BrokenServers.BadName), "lower-case letters")]
    [InlineData(typeof(BrokenServers.Abstract), "abstract or static")]
    [InlineData(typeof(BrokenServers.BadStartup), "IServerStartup")]
    [InlineData(typeof(BrokenServers.BadSchema), "[McpInputSchema] of Tool")]
    [InlineData(typeof(BrokenServers.SameToolTwice), "Several tools are called 'one'")]
    [InlineData(typeof(BrokenServers.MessageFilter), "Message filters belong to the host")]
    [InlineData(typeof(BrokenServers.NoAttribute), "no [McpServer] attribute")]
    public void Class_IsRefused_WithTheReason(Type type, string reason)
    {
        var failure = Assert.Throws<ServerClassException>(() => Load(type));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Class_ListsItsTools_AsDeclared()
    {
        await using var served = Load(typeof(EverythingServer));
        var names = served.Tools.Select(tool => tool.ProtocolTool.Name).ToList();

        Assert.Equal(["test_simple_text", "test_image_content", "test_audio_content"], names.Take(3));
        Assert.Equal(["slow_compute", "failing_job"], names.SkipWhile(name => name != "slow_compute").Take(2));
    }

    [Fact]
    public void Find_SeesTheServersOfAnAssembly()
    {
        Assert.Equal([typeof(EverythingServer)], ServerClass.Find(typeof(EverythingServer).Assembly));
    }

    private static ServerClass Load(Type type) =>
        ServerClass.Load(type, NullLoggerFactory.Instance, TimeProvider.System);
}
