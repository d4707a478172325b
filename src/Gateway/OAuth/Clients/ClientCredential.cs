using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Clients;

/// <summary>Who a client says it is, and how it proves it.</summary>
internal sealed record ClientCredential(ClientId Client, ClientAuthentication Method, string? Secret);
