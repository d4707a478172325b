using System.Text.Json;
using Smcp.Wire;

namespace Smcp.Security.Audit;

/// <summary>
/// One record of a tenant's log. <see cref="Hash"/> is SHA-256 over the domain text, the hash before, the number
/// (8 bytes, big endian) and <see cref="Body"/>, byte by byte as it stands; so whoever holds records can check them.
/// </summary>
[Wire("audit-record", 1)]
public sealed record AuditRecord
{
    /// <summary>Its number in the log, from 1 without gaps: the order of records.</summary>
    public required long Sequence { get; init; }

    /// <summary>32 bytes.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>An <see cref="AuditEntry"/> as UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public AuditEntry ReadEntry() =>
        JsonSerializer.Deserialize<AuditEntry>(Body.Span, WireJson.Options)
        ?? throw new JsonException("An audit record holds a null.");
}
