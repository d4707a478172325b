using Smcp.Mcp;
using Smcp.Servers.Deploying.Importing;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>The document of a request, and what it comes to where it is of another form.</summary>
internal sealed record FoundDocument(ReadOnlyMemory<byte> Document, ImportedServer? Imported, McpFault? Fault)
{
    public FoundDocument(ReadOnlyMemory<byte> document, (ImportedServer? Found, McpFault? Fault) read)
        : this(document, read.Found, read.Fault)
    {
    }

    public static FoundDocument Refused(string message) =>
        new(default, null, new McpFault(FaultReason.InvalidParams, message));
}
