using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;

namespace Smcp;

/// <summary>Every server but <c>echo</c> is unknown.</summary>
internal sealed class FakeServer(ServerKey key) : IServerGrain
{
    public InstanceScope Scope { get; set; }

    public ServerAccess Access { get; set; } = ServerAccess.Public;

    public int Asked { get; private set; }

    public ValueTask<ServerLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken)
    {
        Asked++;
        return new(key.Server.ToString() == "echo"
            ? new ServerLookup
            {
                Definition = new ServerDefinition
                {
                    Id = key.Server,
                    Runtime = RuntimeKind.CSharp,
                    Scope = Scope,
                    Source = "echo",
                    Access = Access,
                },
            }
            : new ServerLookup { Fault = new McpFault(FaultReason.ServerNotFound, "There is no such server.") });
    }

    public ValueTask<ServerDescription> ReadAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<ServerDescription> SetAccessAsync(
        CallContext context, ServerAccess access, long? expected, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<ServerDescription> DeployAsync(
        CallContext context, ServerDeployment deployment, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<McpFault?> RemoveAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
