using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>What clients get of a server's tools, prompts and resources.</summary>
[Wire("manifest-mode", 1)]
public enum ManifestMode
{
    /// <summary>What an administrator approved; what drifts from it is withheld.</summary>
    Pinned = 0,

    /// <summary>What the server says at the time.</summary>
    Live = 1,
}
