namespace Smcp.Admin;

/// <summary>How a key is rotated.</summary>
internal sealed record KeyRotation
{
    /// <summary>How long the key before is still taken. Default: the installation's, 7 days.</summary>
    public TimeSpan? Grace { get; init; }
}
