using Smcp.Identity.OAuth;

namespace Smcp.Admin;

/// <summary>A client just registered, or whose secret was rotated.</summary>
/// <param name="Client">What may be known of it.</param>
/// <param name="Secret">Its secret, where it has one; not where the answer is said again.</param>
internal sealed record ClientCreated(OAuthClient Client, string? Secret);
