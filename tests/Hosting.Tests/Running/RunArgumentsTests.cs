using Smcp.Samples.Counter;

namespace Smcp.Hosting.Running;

public sealed class RunArgumentsTests
{
    [Fact]
    public void OnlyServer_IsChosen_WhenNoneIsNamed()
    {
        var (type, folder) = RunArguments.Parse([]).Choose(typeof(CounterServer).Assembly);

        Assert.Equal(typeof(CounterServer), type);
        Assert.EndsWith(Path.Combine("smcp", "counter"), folder, StringComparison.Ordinal);
    }

    [Fact]
    public void DataFolder_IsTheOneNamed()
    {
        var (_, folder) = RunArguments.Parse(["--data", "here"]).Choose(typeof(CounterServer).Assembly);

        Assert.Equal("here", folder);
    }

    [Theory]
    [InlineData("--server", "nothing")]
    [InlineData("--unknown", "x")]
    [InlineData("--data")]
    public void CommandLine_IsRefused_WhenItCannotBeFollowed(params string[] args)
    {
        Assert.Throws<RunArgumentException>(() => RunArguments.Parse(args).Choose(typeof(CounterServer).Assembly));
    }
}
