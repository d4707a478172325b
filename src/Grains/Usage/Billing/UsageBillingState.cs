using Smcp.Wire;

namespace Smcp.Usage.Billing;

/// <summary>How far a tenant's hours are billed.</summary>
[Wire("usage-billing", 1)]
internal sealed record UsageBillingState
{
    /// <summary>Every hour that begins before this is billed, and gets no more counts.</summary>
    public DateTimeOffset Through { get; init; }
}
