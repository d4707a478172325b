namespace Smcp.Admin;

/// <summary>How a client's secret is rotated.</summary>
internal sealed record SecretRotation
{
    /// <summary>How long the secret before is still taken. Default: the installation's, 1 day.</summary>
    public TimeSpan? Grace { get; init; }
}
