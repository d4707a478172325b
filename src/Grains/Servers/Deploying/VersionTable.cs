using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>
/// A server's versions, and which of them serve whom. Immutable: a change is another table, written whole, so that
/// there is never more than one active version.
/// </summary>
[Wire("version-table", 3)]
internal sealed record VersionTable
{
    /// <summary>Numbers up to this were given out; none is given out again.</summary>
    public long Last { get; init; }

    /// <summary>The version that serves; 0 for none.</summary>
    public long Active { get; init; }

    /// <summary>The version that serves a share; 0 for none.</summary>
    public long Canary { get; init; }

    public int CanaryPercent { get; init; }

    /// <summary>Counts the changes.</summary>
    public long Revision { get; init; }

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyList<VersionRow> Rows { get; init; } = [];

    public VersionRow? Find(long number) => Rows.FirstOrDefault(row => row.Version.Number == number);

    public VersionStanding StandingOf(VersionRow row, DateTimeOffset now) =>
        row.IsRevoked ? VersionStanding.Revoked
        : row.Version.Number == Active ? VersionStanding.Active
        : row.Version.Number == Canary ? VersionStanding.Canary
        : row.DrainsUntil > now ? VersionStanding.Draining
        : VersionStanding.Idle;

    public VersionTable Add(VersionRow row) => this with
    {
        Last = row.Version.Number,
        Revision = Revision + 1,
        Rows = [.. Rows, row],
    };

    /// <summary>It serves whoever comes; the one before drains.</summary>
    public VersionTable Activate(long number, DateTimeOffset drainsUntil)
    {
        var drained = Active == number ? this : Drain(Active, drainsUntil);
        return drained.Alter(number, row => row with { DrainsUntil = null }) with
        {
            Active = number,
            Canary = Canary == number ? 0 : Canary,
            CanaryPercent = Canary == number ? 0 : CanaryPercent,
        };
    }

    /// <summary>It serves a share beside the active one; another canary drains. No share: it drains itself.</summary>
    public VersionTable Share(long number, int percent, DateTimeOffset drainsUntil)
    {
        var drained = Canary == number && percent > 0 ? this : Drain(Canary, drainsUntil);
        return percent == 0
            ? drained with { Canary = 0, CanaryPercent = 0 }
            : drained.Alter(number, row => row with { DrainsUntil = null }) with
            {
                Canary = number,
                CanaryPercent = percent,
            };
    }

    public VersionTable Revoke(long number) =>
        Alter(number, row => row with { IsRevoked = true, DrainsUntil = null }) with
        {
            Active = Active == number ? 0 : Active,
            Canary = Canary == number ? 0 : Canary,
            CanaryPercent = Canary == number ? 0 : CanaryPercent,
        };

    public VersionTable Remove(long number) => this with
    {
        Revision = Revision + 1,
        Rows = [.. Rows.Where(row => row.Version.Number != number)],
    };

    /// <summary>The same but for one row.</summary>
    public VersionTable Alter(long number, Func<VersionRow, VersionRow> change) => this with
    {
        Revision = Revision + 1,
        Rows = [.. Rows.Select(row => row.Version.Number == number ? change(row) : row)],
    };

    public VersionInfo InfoOf(VersionRow row, DateTimeOffset now)
    {
        var standing = StandingOf(row, now);
        return new VersionInfo
        {
            Version = row.Version,
            Standing = standing,
            Percent = standing == VersionStanding.Canary ? CanaryPercent : null,
            DrainsUntil = standing == VersionStanding.Draining ? row.DrainsUntil : null,
            DeployedAt = row.DeployedAt,
            DeployedBy = row.DeployedBy,
            Manifest = row.Manifest,
            Approved = row.Approved,
            Problem = row.Problem,
            Drift = row.Drift,
        };
    }

    private VersionTable Drain(long number, DateTimeOffset until) =>
        number == 0 ? this : Alter(number, row => row with { DrainsUntil = until });
}
