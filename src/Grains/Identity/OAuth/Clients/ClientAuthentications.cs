namespace Smcp.Identity.OAuth.Clients;

/// <summary>The names of the ways in which clients authenticate.</summary>
internal static class ClientAuthentications
{
    /// <summary>The way of that name; null if it is not served. A client that says nothing has a secret
    /// (RFC 7591 section 2).</summary>
    public static ClientAuthentication? Parse(string? name) => name switch
    {
        null or "client_secret_basic" => ClientAuthentication.SecretBasic,
        "client_secret_post" => ClientAuthentication.SecretPost,
        "none" => ClientAuthentication.None,
        _ => null,
    };
}
