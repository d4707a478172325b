using Microsoft.AspNetCore.Http;

namespace Smcp.OAuth;

/// <summary>One endpoint of the authorization server.</summary>
internal interface IOAuthEndpoint
{
    /// <summary>Whether a path is its own; exact, no other spelling of one.</summary>
    bool Accepts(string path);

    /// <summary>Answers the request, whatever its method.</summary>
    Task HandleAsync(HttpContext context);
}
