namespace Smcp.Hosting;

/// <summary>Some of the keys of a server's key-value store.</summary>
/// <param name="Items">In ordinal order.</param>
/// <param name="Next">After which key the next page begins; null after the last.</param>
public sealed record ServerValuePage(IReadOnlyList<ServerValueInfo> Items, string? Next);
