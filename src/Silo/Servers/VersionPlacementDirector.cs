using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace Smcp.Servers;

/// <summary>
/// Puts the instances of deployed versions on silos that run programs of others: the key says that it is a version's,
/// and not yet what it runs. Where no silo does they go to any, which refuses those that are programs.
/// </summary>
internal sealed class VersionPlacementDirector(ISiloMetadataCache metadata) : IPlacementFilterDirector
{
    /// <summary>What brings the packages of versions does so in jails.</summary>
    private const string Imports = "server-import";

    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var grain = target.GrainIdentity;
        if (grain.Type.ToString() != Imports && InstanceKey.Parse(grain.Key.ToString()!).Version is null)
        {
            return silos;
        }

        var all = silos.ToList();
        var able = all.Where(silo => ProgramSilos.RunsPrograms(metadata.GetSiloMetadata(silo))).ToList();
        return able.Count > 0 ? able : all;
    }
}
