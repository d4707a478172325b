using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>What a version of a server is to be made of.</summary>
[Wire("version-request", 1)]
public sealed record VersionRequest
{
    /// <summary>
    /// The document that says what it is; empty: it is in the image. <c>smcp.json</c>, or what people have at hand: a
    /// package's name, an <c>mcpServers</c> entry, a registry's <c>server.json</c>, the main file of a bundle.
    /// </summary>
    public ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>The files, where it has some.</summary>
    public ServerImage? Image { get; init; }

    /// <summary>
    /// What the document was made of, where somebody else made it of that; null: it is as it was sent.
    /// </summary>
    public ServerOrigin? Origin { get; init; }

    /// <summary>Whether it gets a number of its own even where a version is the same.</summary>
    public bool IsNew { get; init; }
}
