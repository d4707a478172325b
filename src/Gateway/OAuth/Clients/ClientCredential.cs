using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Clients;

/// <summary>Who a client says it is, and how it proves it: its secret, or what it signed.</summary>
internal sealed record ClientCredential(ClientId Client, ClientAuthentication Method, string? Proof);
