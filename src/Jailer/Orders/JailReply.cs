namespace Smcp.Jailer.Orders;

/// <summary>One message of the jailer; which members are there follows from its kind.</summary>
public sealed record JailReply(JailReplyKind Kind)
{
    public JailLevel Level { get; init; }

    /// <summary>What keeps the level from being higher: sentences, each with its remedy.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Why no jail was made.</summary>
    public string? Reason { get; init; }

    /// <summary>What it takes at the moment; with its end, what it took in all, where that was counted.</summary>
    public JailUse? Use { get; init; }

    public JailEnd? End { get; init; }
}
