using System.ComponentModel.DataAnnotations;

namespace Smcp;

/// <summary>What one gateway is: its name among the others, and where clients find it.</summary>
internal sealed class GatewayOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Gateway";

    /// <summary>
    /// Names this gateway among those of a cluster; visible ASCII without slash. Default: random, new at each
    /// start.
    /// </summary>
    [RegularExpression("^[A-Za-z0-9_.-]{1,64}$")]
    public string Id { get; set; } = RandomText.Token(12);

    /// <summary>The URLs that clients use, where they are not those the process is bound to. Default: none.</summary>
    public IList<string> PublicUrls { get; } = [];
}
