using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Smcp.Storage;

namespace Smcp.Providers;

/// <summary>The silos that a gateway may connect to, out of the members of the cluster.</summary>
internal sealed class StoredGatewayList(
    [FromKeyedServices(RawStorage.Nodes)] IGrainStorage storage,
    IOptions<ClusterOptions> cluster,
    IOptions<GatewayOptions> options,
    TimeProvider time) : IGatewayListProvider
{
    private readonly NodeDocument<MemberList> _list =
        new(storage, StoredMembershipTable.AddressOf(cluster.Value.ClusterId), time);

    public TimeSpan MaxStaleness => options.Value.GatewayListRefreshPeriod;

    public bool IsUpdatable => true;

    async Task IGatewayListProvider.InitializeGatewayListProvider() => await _list.ReadAsync();

    async Task<IList<Uri>> IGatewayListProvider.GetGateways() =>
    [
        .. (await _list.ReadAsync()).Members
            .Where(member => member.Status == SiloStatus.Active && member.GatewayPort > 0)
            .Select(member => GatewayOf(SiloAddress.FromParsableString(member.Address), member.GatewayPort)),
    ];

    private static Uri GatewayOf(SiloAddress silo, int port) =>
        SiloAddress.New(new IPEndPoint(silo.Endpoint.Address, port), silo.Generation).ToGatewayUri();
}
