using Smcp.Identity;
using Smcp.Servers;
using Smcp.TestSupport;

namespace Smcp.Sessions;

/// <summary>Every server exists.</summary>
internal sealed class FakeServerGrain(FakeServer server) : StillServer
{
    public override ValueTask<ServerLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken) =>
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
}
