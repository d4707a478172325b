namespace Smcp.Quotas;

/// <summary>What a quota grain remembers of one gateway.</summary>
internal sealed class QuotaHolder
{
    /// <summary>When it last asked for tokens, by the clock's timestamp.</summary>
    public long LeasedAt { get; set; }

    /// <summary>Tokens that it may still give back.</summary>
    public long Leased { get; set; }

    /// <summary>When it last said what it holds.</summary>
    public long HeldAt { get; set; }

    public long Slots { get; set; }
}
