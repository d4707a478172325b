using System.Globalization;

namespace Smcp.Providers;

/// <summary>One silo of a cluster, as the store has it.</summary>
internal sealed record Member
{
    /// <summary>Address, port and generation.</summary>
    public required string Address { get; init; }

    /// <summary>The version of the list at which it was written last.</summary>
    public int Version { get; init; }

    public SiloStatus Status { get; init; }

    public IReadOnlyList<Suspicion> Suspicions { get; init; } = [];

    /// <summary>The port for gateways; 0 for none.</summary>
    public int GatewayPort { get; init; }

    public string HostName { get; init; } = string.Empty;

    public string SiloName { get; init; } = string.Empty;

    public string? RoleName { get; init; }

    public int UpdateZone { get; init; }

    public int FaultZone { get; init; }

    public DateTime StartedAt { get; init; }

    public DateTime AliveAt { get; init; }

    /// <summary>The fence of the next change.</summary>
    public string Tag => Version.ToString(CultureInfo.InvariantCulture);

    public static Member Of(MembershipEntry entry, int version) => new()
    {
        Address = entry.SiloAddress.ToParsableString(),
        Version = version,
        Status = entry.Status,
        Suspicions = [.. (entry.SuspectTimes ?? []).Select(vote => new Suspicion(
            vote.Item1.ToParsableString(), Utc(vote.Item2)))],
        GatewayPort = entry.ProxyPort,
        HostName = entry.HostName ?? string.Empty,
        SiloName = entry.SiloName ?? string.Empty,
        RoleName = entry.RoleName,
        UpdateZone = entry.UpdateZone,
        FaultZone = entry.FaultZone,
        StartedAt = Utc(entry.StartTime),
        AliveAt = Utc(entry.IAmAliveTime),
    };

    public MembershipEntry ToEntry() => new()
    {
        SiloAddress = SiloAddress.FromParsableString(Address),
        Status = Status,
        SuspectTimes =
        [
            .. Suspicions.Select(vote => Tuple.Create(SiloAddress.FromParsableString(vote.By), Utc(vote.At))),
        ],
        ProxyPort = GatewayPort,
        HostName = HostName,
        SiloName = SiloName,
        RoleName = RoleName,
        UpdateZone = UpdateZone,
        FaultZone = FaultZone,
        StartTime = Utc(StartedAt),
        IAmAliveTime = Utc(AliveAt),
    };

    /// <summary>Orleans' times are UTC, whatever they say of themselves.</summary>
    internal static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
