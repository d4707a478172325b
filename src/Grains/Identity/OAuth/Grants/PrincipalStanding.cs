namespace Smcp.Identity.OAuth.Grants;

/// <summary>What a principal may do in its tenant now.</summary>
internal sealed record PrincipalStanding(IReadOnlyList<string> Roles, IReadOnlyList<string> Permissions);
