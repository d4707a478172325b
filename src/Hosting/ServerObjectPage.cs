namespace Smcp.Hosting;

/// <summary>Some of a server's objects.</summary>
/// <param name="Items">In ordinal order of their keys.</param>
/// <param name="Prefixes">What the keys of others have in common, up to the delimiter.</param>
/// <param name="Next">Where the next page begins; null after the last.</param>
public sealed record ServerObjectPage(
    IReadOnlyList<ServerObjectInfo> Items, IReadOnlyList<string> Prefixes, string? Next);
