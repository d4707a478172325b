using Smcp.Servers;
using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>Which server a connection is for, and how it is made, as the version in use says.</summary>
[Wire("connection-terms", 1)]
public sealed record ConnectionTerms
{
    /// <summary>The server's endpoint.</summary>
    public required string Endpoint { get; init; }

    public required RemoteAuth Auth { get; init; }
}
