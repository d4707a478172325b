using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Authorize;

/// <summary>What the rules look at: the parameters, who the client is, and where we are.</summary>
internal sealed record AuthorizeFacts(AuthorizeQuery Query, ClientLookup Client, string BaseUrl);
