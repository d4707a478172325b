using Smcp.Identity.Jose;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>The keys at a client's address, and how long they may be held.</summary>
internal sealed record ClientKeySet(IReadOnlyList<VerificationKey> Keys, TimeSpan Lifetime);
