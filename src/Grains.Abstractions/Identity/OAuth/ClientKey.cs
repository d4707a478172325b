using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Identity.OAuth;

/// <summary>
/// The key of a client's grain: a digest of its id, since a URL holds every character that a key may not.
/// </summary>
public static class ClientKey
{
    public static string Of(ClientId client) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(client.ToString())));
}
