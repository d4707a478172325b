using ModelContextProtocol.Protocol;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>What the server knows of a session's client. All that an idle session costs here.</summary>
internal sealed class CSharpPeer(McpRevision revision, ClientCapabilities capabilities, Implementation client)
{
    public McpRevision Revision => revision;

    public ClientCapabilities Capabilities => capabilities;

    public Implementation Client => client;

    /// <summary>What the client asked to be told at least; null until it does, and then everything is told.</summary>
    public LoggingLevel? LogLevel { get; set; }
}
