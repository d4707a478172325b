namespace Smcp.EndToEnd.Serving;

/// <summary><c>./run doctor</c>, on this machine.</summary>
public sealed class DoctorTests
{
    private static readonly string[] Folders = ["/usr/bin", "/usr/local/bin"];

    [JailFact]
    public async Task Doctor_SaysWhetherPackagesCanBeBrought()
    {
        var hasNpm = new[] { "node", "npm" }.All(
            tool => Folders.Any(folder => File.Exists(Path.Combine(folder, tool))));

        var run = await ChildProgram.RunAsync(Path.Combine(Workspace.Root, "run"), ["doctor"]);

        Assert.Contains(hasNpm ? "  ok       npm" : "  without  npm", run.Output, StringComparison.Ordinal);
    }
}
