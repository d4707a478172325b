using Microsoft.AspNetCore.Http;

namespace Smcp.Network;

/// <summary>
/// One question that a request must answer before anything looks at its message. Guards run in the order in which they
/// are registered, and a later one may rely on what an earlier one found.
/// </summary>
internal interface INetworkGuard
{
    /// <summary>Why the request goes no further; null when it may.</summary>
    NetworkRefusal? Check(HttpContext context);
}
