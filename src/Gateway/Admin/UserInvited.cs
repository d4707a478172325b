using Smcp.Identity.Users;

namespace Smcp.Admin;

/// <summary>A user who was invited.</summary>
/// <param name="User">The user.</param>
/// <param name="Invitation">Where they set their password, once; not where the answer is said again.</param>
/// <param name="ExpiresAt">Until when.</param>
internal sealed record UserInvited(UserSummary User, string? Invitation, DateTimeOffset? ExpiresAt);
