namespace Smcp.Admin;

/// <summary>The members of a problem (RFC 9457 section 3), and two of ours.</summary>
internal sealed record AdminProblemBody(
    string Type, string Title, int Status, string Detail, string CorrelationId, string? Scope);
