using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Smcp.Storage;

namespace Smcp.Providers;

/// <summary>
/// The members of the cluster in one of the nodes' own rows. The protocol is Orleans'; this keeps its table, whole, so
/// that a change of a member and of the table's version is one write.
/// </summary>
internal sealed class StoredMembershipTable(
    [FromKeyedServices(RawStorage.Nodes)] IGrainStorage storage,
    IOptions<ClusterOptions> cluster,
    TimeProvider time) : IMembershipTable
{
    private readonly NodeDocument<MemberList> _list =
        new(storage, AddressOf(cluster.Value.ClusterId), time);

    /// <summary>Where the members of a cluster stand.</summary>
    internal static StateAddress AddressOf(string clusterId) => new("members", clusterId, "list");

    async Task IMembershipTable.InitializeMembershipTable(bool tryInitTableVersion) => await _list.ReadAsync();

    async Task<MembershipTableData> IMembershipTable.ReadRow(SiloAddress key)
    {
        var (list, address) = (await _list.ReadAsync(), key.ToParsableString());
        return DataOf(list, list.Members.Where(member => member.Address == address));
    }

    async Task<MembershipTableData> IMembershipTable.ReadAll()
    {
        var list = await _list.ReadAsync();
        return DataOf(list, list.Members);
    }

    Task<bool> IMembershipTable.InsertRow(MembershipEntry entry, TableVersion tableVersion) => _list.ChangeAsync(list =>
    {
        var added = Member.Of(entry, tableVersion.Version);
        return IsCurrent(list, tableVersion) && list.Members.All(member => member.Address != added.Address)
            ? (new MemberList { Version = tableVersion.Version, Members = [.. list.Members, added] }, true)
            : (null, false);
    });

    Task<bool> IMembershipTable.UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        _list.ChangeAsync(list =>
        {
            var changed = Member.Of(entry, tableVersion.Version);
            return IsCurrent(list, tableVersion)
                && list.Members.Any(member => member.Address == changed.Address && member.Tag == etag)
                ? (With(list, changed) with { Version = tableVersion.Version }, true)
                : (null, false);
        });

    Task IMembershipTable.UpdateIAmAlive(MembershipEntry entry) => _list.ChangeAsync(list =>
    {
        var address = entry.SiloAddress.ToParsableString();
        return list.Members.FirstOrDefault(member => member.Address == address) is { } found
            ? (With(list, found with { AliveAt = Member.Utc(entry.IAmAliveTime) }), true)
            : (null, false);
    });

    Task IMembershipTable.CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => _list.ChangeAsync(list =>
    {
        var kept = list.Members.Where(member =>
            member.Status != SiloStatus.Dead || LastSeen(member) >= beforeDate.UtcDateTime).ToArray();
        return kept.Length < list.Members.Count ? (list with { Members = kept }, true) : ((MemberList?)null, false);
    });

    Task IMembershipTable.DeleteMembershipTableEntries(string clusterId) =>
        new NodeDocument<MemberList>(storage, AddressOf(clusterId), time).ClearAsync();

    private static bool IsCurrent(MemberList list, TableVersion next) => TagOf(list) == next.VersionEtag;

    private static string TagOf(MemberList list) => list.Version.ToString(CultureInfo.InvariantCulture);

    private static DateTime LastSeen(Member member) =>
        member.Suspicions.Select(vote => vote.At).Append(member.StartedAt).Append(member.AliveAt).Max();

    private static MemberList With(MemberList list, Member changed) => list with
    {
        Members = [.. list.Members.Select(member => member.Address == changed.Address ? changed : member)],
    };

    private static MembershipTableData DataOf(MemberList list, IEnumerable<Member> members) =>
        new(
            [.. members.Select(member => Tuple.Create(member.ToEntry(), member.Tag))],
            new TableVersion(list.Version, TagOf(list)));
}
