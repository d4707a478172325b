using Smcp.Identity;

namespace Smcp.Usage;

/// <summary>What an instance counts by.</summary>
internal readonly record struct UsageKey(string Method, string Tool, PrincipalId Principal);
