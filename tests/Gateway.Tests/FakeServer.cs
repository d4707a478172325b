using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;
using Smcp.TestSupport;

namespace Smcp;

/// <summary>Every server but <c>echo</c> is unknown.</summary>
internal sealed class FakeServer(ServerKey key) : StillServer
{
    public InstanceScope Scope { get; set; }

    public int PoolMembers { get; set; } = 1;

    /// <summary>What it says of itself.</summary>
    public ServerDefinition Definition => new()
    {
        Id = key.Server,
        Runtime = RuntimeKind.CSharp,
        Scope = Scope,
        PoolMembers = PoolMembers,
        Source = "echo",
        Access = Access,
    };

    public ServerAccess Access { get; set; } = ServerAccess.Public;

    public int Asked { get; private set; }

    public override ValueTask<ServerLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken)
    {
        Asked++;
        return new(key.Server.ToString() == "echo"
            ? new ServerLookup { Definition = Definition }
            : new ServerLookup { Fault = new McpFault(FaultReason.ServerNotFound, "There is no such server.") });
    }
}
