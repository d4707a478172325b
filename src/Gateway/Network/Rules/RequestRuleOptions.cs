using System.ComponentModel.DataAnnotations;

namespace Smcp.Network.Rules;

/// <summary>Rules that a request must not meet: a small filter in front of everything that reads messages.</summary>
internal sealed class RequestRuleOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Gateway:Network:Rules";

    /// <summary>Whether every rule only reports, so that new rules can be tried. Default: false.</summary>
    public bool ReportOnly { get; set; }

    /// <summary>Whether the rules that come with Smcp hold, before those configured. Default: true.</summary>
    public bool UseShipped { get; set; } = true;

    /// <summary>The rules, in their order. Default: none.</summary>
    public IList<RequestRuleEntry> Items { get; } = [];

    /// <summary>How many rules there may be. Default: 64.</summary>
    [Range(0, 1000)]
    public int RulesMax { get; set; } = 64;

    /// <summary>How many characters a pattern may have. Default: 512.</summary>
    [Range(1, 16 * 1024)]
    public int PatternLengthMax { get; set; } = 512;

    /// <summary>How long one pattern may look at one value; past that it counts as met. Default: 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan MatchTimeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many bytes of a body patterns look at, from its beginning. Default: 1 MiB.</summary>
    [Range(1, 64 * 1024 * 1024)]
    public int BodyBytesMax { get; set; } = 1024 * 1024;
}
