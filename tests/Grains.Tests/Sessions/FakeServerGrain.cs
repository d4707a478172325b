using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;

namespace Smcp.Sessions;

/// <summary>Every server exists.</summary>
internal sealed class FakeServerGrain(FakeServer server) : IServerGrain
{
    public ValueTask<ServerLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken) =>
        new(new ServerLookup
        {
            Definition = new ServerDefinition
            {
                Id = ServerId.Parse("echo"),
                Runtime = RuntimeKind.CSharp,
                Scope = server.Scope,
                Source = "echo",
            },
        });

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
