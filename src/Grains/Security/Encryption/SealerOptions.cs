using System.ComponentModel.DataAnnotations;

namespace Smcp.Security.Encryption;

/// <summary>How the keys of sealed texts are kept.</summary>
internal sealed class SealerOptions
{
    /// <summary>How long a key seals before a new one takes its place. Default: 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeyRotation { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How many keys are held; what the oldest sealed no longer opens. Default: 4.</summary>
    [Range(2, 64)]
    public int KeysMax { get; set; } = 4;

    /// <summary>
    /// How soon the ring may be read again for a text that names an unknown key. Default: 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(10);
}
