using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>The files of a version, named by what is in them: two of the same hash are the same files.</summary>
[Wire("server-image", 1)]
public sealed record ServerImage
{
    /// <summary>SHA-256 over the paths and contents, lower-case hex.</summary>
    public required string Hash { get; init; }

    /// <summary>What the files take, unpacked, in bytes.</summary>
    public long Bytes { get; init; }
}
