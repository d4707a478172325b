using System.ComponentModel.DataAnnotations;
using Smcp.Servers;

namespace Smcp.Runtimes.CSharp;

/// <summary>Limits of the C# runtime, and which assemblies with servers are loaded.</summary>
public sealed class CSharpRuntimeOptions
{
    /// <summary>
    /// Files of assemblies whose servers are loaded at start, each with its dependencies beside it. Default: none.
    /// </summary>
    public IList<string> Assemblies { get; } = [];

    /// <summary>
    /// Who may reach the servers that came with this process: <c>Tenant</c>, or <c>Public</c> for everybody. Default:
    /// <c>Tenant</c>; a host that listens on loopback only makes them public.
    /// </summary>
    public ServerAccessKind? Access { get; set; }

    /// <summary>Instances of a server of scope <c>pool</c> whose class does not say how many. Default: 4.</summary>
    [Range(1, 1024)]
    public int PoolMembers { get; set; } = 4;

    /// <summary>Items in one page of a list of tools, prompts or resources. Default: 200.</summary>
    [Range(1, 10_000)]
    public int PageItemsMax { get; set; } = 200;

    /// <summary>
    /// How often a tool that returns its own <c>input_required</c> is called again for a client with a session.
    /// Default: 10.
    /// </summary>
    [Range(1, 100)]
    public int InputRoundsMax { get; set; } = 10;

    /// <summary>
    /// Values in one answer to <c>completion/complete</c>; the protocol allows no more than 100. Default: 100.
    /// </summary>
    [Range(1, 100)]
    public int CompletionValuesMax { get; set; } = 100;
}
