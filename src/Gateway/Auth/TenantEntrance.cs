namespace Smcp.Auth;

/// <summary>What somebody finds who would enter a tenant.</summary>
internal enum TenantEntrance
{
    Open = 0,

    /// <summary>There is no such tenant, or none any more: which of the two, nobody is told.</summary>
    Absent = 1,

    /// <summary>Its network lists let nobody in from where the request comes.</summary>
    Closed = 2,
}
