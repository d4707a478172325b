using System.Text;
using Smcp.Bench.Load;
using Smcp.Bench.Processes;

namespace Smcp.Bench.Peers;

/// <summary>One candidate of a comparison: a server, and how a connection to it calls the tool.</summary>
/// <param name="Name">As it stands in the results.</param>
/// <param name="Server">Its process; several candidates may share one.</param>
/// <param name="Request">Makes the request of one new connection.</param>
/// <param name="Expected">What each answer must hold.</param>
internal sealed record Peer(string Name, MeasuredServer Server, Func<byte[]> Request, string Expected)
{
    public LoadConnection Connect() => new(
        McpRequests.EndPointOf(Server.Url), Request(), Encoding.UTF8.GetBytes(Expected));
}
