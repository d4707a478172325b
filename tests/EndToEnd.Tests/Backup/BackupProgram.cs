using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Backup;

/// <summary>The product's commands for backups, run to their end.</summary>
internal static class BackupProgram
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    /// <summary>Runs one, which must end so, say this, and never show a stack.</summary>
    public static async Task<ProgramRun> RunAsync(int exitCode, string sentence, params string[] arguments)
    {
        await using var program = Standalone.Launch(arguments);
        var run = await program.WaitAsync(Deadline);
        Assert.True(run.ExitCode == exitCode, run.Said);
        Assert.Contains(sentence, run.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Said, StringComparison.Ordinal);
        return run;
    }

    /// <summary>Lays the master key into a folder, as an operator does before a restore.</summary>
    public static void BringKey(string from, string to)
    {
        Directory.CreateDirectory(to);
        File.Copy(Path.Combine(from, "master.key"), Path.Combine(to, "master.key"));
    }
}
