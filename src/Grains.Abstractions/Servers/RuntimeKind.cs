using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>How a server runs: one contract for all.</summary>
[Wire("runtime-kind", 4)]
public enum RuntimeKind
{
    /// <summary>A C# class, in this process. Trusted code.</summary>
    CSharp = 0,

    /// <summary>JavaScript in a V8 isolate of a jailed process of its own.</summary>
    Worker = 1,

    /// <summary>A program of any language that speaks MCP over its standard input and output, in a jail.</summary>
    Process = 2,

    /// <summary>A server elsewhere, over Streamable HTTP.</summary>
    Remote = 3,

    /// <summary>Nothing of its own: tools, prompts and resources of other servers of its tenant.</summary>
    Virtual = 4,

    /// <summary>The operations of an HTTP API elsewhere, as its OpenAPI document describes them.</summary>
    OpenApi = 5,
}
