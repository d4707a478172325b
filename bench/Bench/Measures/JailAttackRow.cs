namespace Smcp.Bench.Measures;

/// <summary>
/// p99 of a tenant in milliseconds: while another's programs rest, while they attack from their jails, and while the
/// same programs attack without jails.
/// </summary>
internal sealed record JailAttackRow(string Name, double Alone, double Jailed, double Free)
{
    public double Ratio => Jailed / Alone;

    public double FreeRatio => Free / Alone;

    /// <summary>Whether the jail holds, and is what holds.</summary>
    public bool IsHeld => Ratio <= JailAttack.RatioMax && FreeRatio > JailAttack.RatioMax;
}
