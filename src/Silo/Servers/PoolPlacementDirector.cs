using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Smcp.Servers;

/// <summary>
/// Spreads the members of a pool over the silos by turns. Orleans would take the silo with the fewest grains for each,
/// and a session counts there as much as a program: one silo can have the fewest for every member.
/// </summary>
internal sealed class PoolPlacementDirector : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var key = InstanceKey.Parse(target.GrainIdentity.Key.ToString()!);
        var all = silos.Order().ToList();
        if (key.Member is not { } member || all.Count == 0)
        {
            return all;
        }

        // Pools begin at different silos: small ones would all be on the first.
        var first = IdSpan.Create($"{key.Tenant}/{key.Server}").GetUniformHashCode();
        return [all[(int)(((ulong)first + member) % (ulong)all.Count)]];
    }
}
