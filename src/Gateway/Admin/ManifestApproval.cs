namespace Smcp.Admin;

/// <summary>Which manifest is approved: the one that was read.</summary>
/// <param name="Hash">Its hash.</param>
internal sealed record ManifestApproval(string Hash);
