namespace Smcp.Admin.Audit;

/// <summary>The classes of OCSF that our actions belong to, by their class uid.</summary>
internal enum OcsfClass
{
    /// <summary>Authentication, of the category Identity and Access Management.</summary>
    Authentication = 3002,

    /// <summary>Entity Management, of the same category.</summary>
    EntityManagement = 3004,

    /// <summary>API Activity, of the category Application Activity.</summary>
    ApiActivity = 6003,
}
