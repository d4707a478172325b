using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>One version of a server that a tenant deployed: immutable.</summary>
[Wire("server-version", 3)]
public sealed record ServerVersion
{
    /// <summary>Counts the versions of the server: 1 and more, never used twice.</summary>
    public required long Number { get; init; }

    /// <summary>SHA-256 over the settings and the image, lower-case hex.</summary>
    public required string Hash { get; init; }

    /// <summary>Its files; null for a server that has none here.</summary>
    public ServerImage? Image { get; init; }

    public required ServerSettings Settings { get; init; }

    /// <summary>What it was made of, where that was not our own settings. Not part of the hash.</summary>
    public ServerOrigin? Origin { get; init; }
}
