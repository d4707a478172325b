using Smcp.Wire;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>A grant as its user's list has it.</summary>
/// <param name="Grant">Which.</param>
/// <param name="Client">
/// The <see cref="ClientKey"/> of whom it lets act, which never changes. Null where it was listed before that was
/// noted.
/// </param>
[Wire("user-grant-row", 1)]
internal sealed record UserGrantRow(GrantId Grant, string? Client);
