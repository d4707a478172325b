using Smcp.Security.Audit;

namespace Smcp.Admin;

/// <summary>A record of the audit log, as a search shows it.</summary>
internal sealed record AuditItem(long Sequence, ReadOnlyMemory<byte> Hash, DateTimeOffset RecordedAt, AuditEvent Event);
