using System.ComponentModel.DataAnnotations;

namespace Smcp;

/// <summary>What one process on one machine needs to know; the command line sets these.</summary>
internal sealed class StandaloneOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp";

    /// <summary>The folder where everything durable is kept (<c>--data</c>). Default: <c>.smcp</c>.</summary>
    [Required]
    public string Data { get; set; } = ".smcp";

    /// <summary>
    /// The address that clients use, if not the one listened on (<c>--public-url</c>). Default: none.
    /// </summary>
    [Url]
    public string? PublicUrl { get; set; }

    /// <summary>
    /// Whether to listen beyond loopback although every caller is let in (<c>--unsafe-open</c>). Default: false.
    /// </summary>
    public bool UnsafeOpen { get; set; }

    /// <summary>
    /// Whether to issue another operator's key at this start, in the place of the one before
    /// (<c>--new-operator-key</c>). Default: false.
    /// </summary>
    public bool NewOperatorKey { get; set; }

    /// <summary>
    /// How often it is looked whether a backup, a restore or a drill left a note for the audit log. Default: 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan NotesPeriod { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Assemblies with C# servers, or folders of them, beside those in <c>servers/</c> (<c>--servers</c>). Default:
    /// none.
    /// </summary>
    public IList<string> Servers { get; } = [];

    internal static string Key(string name) => $"{Section}:{name}";
}
