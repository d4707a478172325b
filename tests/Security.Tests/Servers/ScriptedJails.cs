using Smcp.Runtimes.Jails;

namespace Smcp.Servers;

/// <summary>Jails in which a program seems to run that has one tool.</summary>
/// <param name="properties">What the tool's schema says of its arguments, in JSON.</param>
internal sealed class ScriptedJails(string properties) : IJails
{
    /// <summary>The one that was started last.</summary>
    public ScriptedJail? Last { get; private set; }

    public Task<IJailedProcess> StartAsync(JailStart start, CancellationToken cancellationToken) =>
        Task.FromResult<IJailedProcess>(Last = new ScriptedJail(properties));
}
