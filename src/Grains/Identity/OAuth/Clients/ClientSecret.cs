namespace Smcp.Identity.OAuth.Clients;

/// <summary>Clients' secrets: <see cref="Secret"/>s with a beginning by which a scanner knows them.</summary>
internal static class ClientSecret
{
    private const string Prefix = "smcps.";

    public static string Create() => Prefix + Secret.Create();
}
