namespace Smcp.Identity.OAuth.Grants;

/// <summary>What a grant's principal may do now, or why the grant gives nothing.</summary>
internal readonly record struct GrantStanding(PrincipalStanding? Principal, TokenRefusal? Refusal);
