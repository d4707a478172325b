namespace Smcp.Protocol;

/// <summary>Bounds on what the reader takes.</summary>
public readonly record struct JsonRpcLimits(int DepthMax, int BatchMax)
{
    /// <summary>What the product ships with.</summary>
    public static JsonRpcLimits Default => new(64, 50);
}
