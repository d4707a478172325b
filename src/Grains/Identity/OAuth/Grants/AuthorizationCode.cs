namespace Smcp.Identity.OAuth.Grants;

/// <summary>
/// Authorization codes: <c>smcpc.tenant.grant.secret</c>, a <see cref="Secret"/> that says where its grant is.
/// </summary>
internal static class AuthorizationCode
{
    public static string Create(GrantKey key) => $"{GrantSecrets.Code}.{key.Tenant}.{key.Grant}.{Secret.Create()}";
}
