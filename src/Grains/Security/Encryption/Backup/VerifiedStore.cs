namespace Smcp.Security.Encryption.Backup;

/// <summary>What a walk over everything that is stored found.</summary>
public sealed record VerifiedStore
{
    /// <summary>The platform, and the tenants that have keys.</summary>
    public int Owners { get; init; }

    /// <summary>States that opened.</summary>
    public long States { get; init; }

    public long Logs { get; init; }

    /// <summary>Records of logs that opened.</summary>
    public long Records { get; init; }

    /// <summary>Entries of the indexes that were held against the rows.</summary>
    public long IndexEntries { get; init; }

    /// <summary>The names of the audit logs that were met.</summary>
    public IReadOnlyList<string> AuditLogs { get; init; } = [];

    /// <summary>The first problems, each a sentence; none when everything is whole.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
