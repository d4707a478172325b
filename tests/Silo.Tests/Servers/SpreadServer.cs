using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Servers;

/// <summary>A pool whose members can be told apart.</summary>
[McpServer("spread", Scope = ServerScope.Pool, PoolMembers = 8, Description = "Says which member answers.")]
[McpServerToolType]
public sealed class SpreadServer
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    [McpServerTool(Name = "who")]
    public string Who() => _name;
}
