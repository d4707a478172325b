using System.ComponentModel.DataAnnotations;

namespace Smcp.Runtimes.Virtual;

/// <summary>The limits of servers that are composed of others.</summary>
internal sealed class VirtualRuntimeOptions
{
    /// <summary>
    /// How long a list waits for one member's part; without it the list shows the others'. Default: 3 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ListPatience { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long lists do without a member that did not answer one in time. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MemberRest { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Pages of one member's list that are read; what follows is left out. Default: 50.</summary>
    [Range(1, 1_000)]
    public int ListPagesMax { get; set; } = 50;

    /// <summary>
    /// How long a member's definition is held, so that not each call asks for it. Default: 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DefinitionHeld { get; set; } = TimeSpan.FromSeconds(2);
}
