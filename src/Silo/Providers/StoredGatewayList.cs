using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Smcp.Engine;
using Smcp.Storage;

namespace Smcp.Providers;

/// <summary>The silos that a gateway may connect to, out of the members of the cluster; and those that left.</summary>
internal sealed class StoredGatewayList(
    [FromKeyedServices(RawStorage.Nodes)] IGrainStorage storage,
    IOptions<ClusterOptions> cluster,
    IOptions<GatewayOptions> options,
    TimeProvider time) : IGatewayListProvider, IDepartedSilos
{
    private readonly NodeDocument<MemberList> _list =
        new(storage, StoredMembershipTable.AddressOf(cluster.Value.ClusterId), time);

    private readonly Departures _departures = new(time);

    public TimeSpan MaxStaleness => options.Value.GatewayListRefreshPeriod;

    public bool IsUpdatable => true;

    async Task IGatewayListProvider.InitializeGatewayListProvider() => await ReadAsync();

    async Task<IList<Uri>> IGatewayListProvider.GetGateways() =>
    [
        .. (await ReadAsync())
            .Where(member => member.Status == SiloStatus.Active && member.GatewayPort > 0)
            .Select(member => GatewayOf(SiloAddress.FromParsableString(member.Address), member.GatewayPort)),
    ];

    async ValueTask<bool> IDepartedSilos.TakeOneAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (StorageUnavailableException)
        {
            // Then what is known already is all that can be told.
        }

        return _departures.TryTake();
    }

    private async Task<IReadOnlyList<Member>> ReadAsync()
    {
        var members = (await _list.ReadAsync()).Members;
        _departures.Look(members);
        return members;
    }

    private static Uri GatewayOf(SiloAddress silo, int port) =>
        SiloAddress.New(new IPEndPoint(silo.Endpoint.Address, port), silo.Generation).ToGatewayUri();
}
