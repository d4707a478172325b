using System.ComponentModel.DataAnnotations;

namespace Smcp.Providers;

/// <summary>What the cluster stands on. The same on every node.</summary>
internal sealed class ProviderOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Silo:Providers";

    /// <summary>
    /// Where members, grain state, logs and reminders are kept: <c>Memory</c>, <c>Postgres</c> or <c>AzureBlobs</c>.
    /// Default: Memory.
    /// </summary>
    public StoreKind Store { get; set; }

    /// <summary>What carries the bells: <c>Memory</c> or <c>Postgres</c>. Default: Memory.</summary>
    public BellKind Bells { get; set; }

    /// <summary>
    /// The name of the cluster: nodes of one name in one store find each other, and no others. Default: smcp.
    /// </summary>
    [Required]
    [StringLength(150, MinimumLength = 1)]
    public string ClusterId { get; set; } = "smcp";
}
