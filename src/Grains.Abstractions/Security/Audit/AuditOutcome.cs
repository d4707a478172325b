using Smcp.Wire;

namespace Smcp.Security.Audit;

/// <summary>What came of an audited act.</summary>
[Wire("audit-outcome", 1)]
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Success = 0,

    /// <summary>It was tried and failed, as a credential that is unknown.</summary>
    Failure = 1,

    /// <summary>It was refused by a rule: a permission, a policy, a limit.</summary>
    Denied = 2,

    /// <summary>It is about to be done; a second record with the same correlation id says what came of it.</summary>
    Started = 3,
}
