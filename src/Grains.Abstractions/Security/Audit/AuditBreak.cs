using Smcp.Wire;

namespace Smcp.Security.Audit;

/// <summary>A place where the log is other than it was written.</summary>
[Wire("audit-break", 1)]
public sealed record AuditBreak(long Sequence, string Problem);
