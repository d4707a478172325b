namespace Smcp.Usage.Billing;

/// <summary>Rows of one closed hour of a tenant.</summary>
internal sealed record UsageBill(string Tenant, DateTimeOffset Hour, IReadOnlyList<UsageBillRow> Rows);
