namespace Smcp.Security.Access;

/// <summary>The rules that decide.</summary>
public static class AccessReasons
{
    public const string Granted = "granted";
    public const string OtherTenant = "other-tenant";
    public const string ServerPolicy = "server-policy";
    public const string NoPermission = "no-permission";
    public const string NoScope = "no-scope";
}
