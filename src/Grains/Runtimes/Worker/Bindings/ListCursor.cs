using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>Where a list goes on, as a text that needs no encoding anywhere.</summary>
internal static class ListCursor
{
    public static string Encode(string name) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(name));

    /// <exception cref="FormatException">It is none of ours.</exception>
    public static string Decode(string cursor) => Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(cursor));
}
