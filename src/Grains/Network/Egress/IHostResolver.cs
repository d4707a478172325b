using System.Net;

namespace Smcp.Network.Egress;

/// <summary>Finds the addresses of a host.</summary>
internal interface IHostResolver
{
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
