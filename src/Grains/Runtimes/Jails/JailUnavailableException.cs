using Smcp.Mcp;

namespace Smcp.Runtimes.Jails;

/// <summary>A program cannot run in a jail here; the message says why, and what to install or to change.</summary>
internal sealed class JailUnavailableException(string message) : Exception(message)
{
    /// <summary>What a client is told; null where the message is the operator's alone.</summary>
    public McpFault? Fault { get; init; }
}
