using System.Text;
using Smcp.Bench.Load;
using Smcp.Bench.Processes;

namespace Smcp.Bench.Peers;

/// <summary>A server over HTTP, and how a connection to it calls the tool.</summary>
/// <param name="Name">As it stands in the results.</param>
/// <param name="Server">Its process; several candidates may share one.</param>
/// <param name="Request">Makes what one new connection sends.</param>
/// <param name="Expected">What each answer must hold.</param>
internal sealed record Peer(string Name, MeasuredServer Server, Func<LoadRequest> Request, string Expected) : ICandidate
{
    public TimeSpan Cpu => Server.Cpu;

    public long AllocatedBytes => Server.AllocatedBytes;

    public double ResidentMiB => Server.ResidentMiB;

    public ILoad Open(int connections) =>
        new HttpLoad([.. Enumerable.Range(0, connections).Select(_ => Connect())]);

    public LoadConnection Connect() => new(
        McpRequests.EndPointOf(Server.Url), Request(), Encoding.UTF8.GetBytes(Expected));
}
