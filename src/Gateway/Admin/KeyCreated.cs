using Smcp.Identity;

namespace Smcp.Admin;

/// <summary>A key just made or rotated.</summary>
/// <param name="Key">What may be known of it.</param>
/// <param name="Text">The key, whole; not where the answer is said again.</param>
internal sealed record KeyCreated(ApiKeyInfo Key, string? Text);
