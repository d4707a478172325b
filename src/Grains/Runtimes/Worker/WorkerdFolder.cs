using Microsoft.Extensions.Options;
using Smcp.Runtimes.Jails;

namespace Smcp.Runtimes.Worker;

/// <summary>The folder of workerd's program, which jails may see.</summary>
internal sealed class WorkerdFolder(IOptions<WorkerRuntimeOptions> options) : IJailableFolders
{
    public IEnumerable<string> Folders =>
        WorkerdProgram.Find(options.Value) is { } program ? [Path.GetDirectoryName(program)!] : [];
}
