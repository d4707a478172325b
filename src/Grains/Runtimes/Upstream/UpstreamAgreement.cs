using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream;

/// <summary>What came of opening a conversation: what the server said of itself, or why it is not open.</summary>
internal sealed record UpstreamAgreement(UpstreamEra Era, McpReply? Description, McpFault? Fault)
{
    /// <summary>Whether the server may yet speak the other era.</summary>
    public bool MayBeOtherEra { get; init; }

    /// <summary>Whether the other era was tried because nothing was said of this one, as a slow server does.</summary>
    public bool IsGuess { get; init; }

    /// <summary>Whether what answered spoke the protocol at all.</summary>
    public bool IsUnderstood { get; init; } = true;
}
