using System.ComponentModel.DataAnnotations;

namespace Smcp.Network.Addresses;

/// <summary>Which addresses may call this gateway at all; a tenant's own lists come on top.</summary>
internal sealed class AddressOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Gateway:Network:Addresses";

    /// <summary>Addresses and networks (CIDR) that may call; none named means all. Default: none.</summary>
    public IList<string> Allowed { get; } = [];

    /// <summary>Addresses and networks (CIDR) that may not call, whatever allows them. Default: none.</summary>
    public IList<string> Denied { get; } = [];

    /// <summary>How many entries each list may have. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int EntriesMax { get; set; } = 10_000;
}
