namespace Smcp.Runtimes.Jails;

public sealed class JailOptionsCheckTests
{
    [Theory]
    [InlineData("/opt/node", "/srv/tools")]
    [InlineData("/temporary")]
    public void Folders_AreTaken_WhereAJailHasNothingOfItsOwn(params string[] folders) =>
        Assert.True(Check(folders).Succeeded);

    [Theory]
    [InlineData("elsewhere", "/tmp/node")]
    [InlineData("elsewhere", "/tmp")]
    [InlineData("elsewhere", "/opt/../etc/tools")]
    [InlineData("elsewhere", "/usr/local")]
    [InlineData("elsewhere", "/")]
    [InlineData("within another", "/opt", "/opt/node")]
    [InlineData("within another", "/opt/node", "/opt")]
    public void Folders_AreRefusedAtTheStart_WhereEachJailWouldBe(string word, params string[] folders)
    {
        var problem = Assert.Single(Check(folders).Failures!);

        Assert.StartsWith("Smcp:Jails:Folders: /", problem, StringComparison.Ordinal);
        Assert.Contains(word, problem, StringComparison.Ordinal);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Check(string[] folders)
    {
        var options = new JailOptions();
        foreach (var folder in folders)
        {
            options.Folders.Add(folder);
        }

        return new JailOptionsCheck().Validate(null, options);
    }
}
