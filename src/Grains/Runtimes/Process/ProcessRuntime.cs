using Smcp.Runtimes.Upstream;

namespace Smcp.Runtimes.Process;

/// <summary>
/// A server that is a program: conversations over the standard input and output of processes in jails. One process for
/// each session, or each principal and set of capabilities; one for all only where it is declared stateless.
/// </summary>
internal static partial class ProcessRuntime
{
    public static IServerRuntime Create(ProcessLinks links, UpstreamTerms terms)
    {
        LogPlanned(terms.Logger, links.Name, links.IsShared);
        return new UpstreamRuntime(terms);
    }
}
