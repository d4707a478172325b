namespace Smcp.Admin;

/// <summary>An object of a server, without what is in it; or what the keys of several have in common.</summary>
/// <param name="Name">The key, or what the keys have in common up to the delimiter.</param>
/// <param name="Bytes">Bytes of the content; null for what several have in common.</param>
/// <param name="ContentType">What the content is called.</param>
/// <param name="WrittenAt">When it was written.</param>
internal sealed record ObjectItem(string Name, long? Bytes, string? ContentType, DateTimeOffset? WrittenAt);
