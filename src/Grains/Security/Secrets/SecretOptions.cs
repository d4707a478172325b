using System.ComponentModel.DataAnnotations;

namespace Smcp.Security.Secrets;

/// <summary>The limits of secrets.</summary>
internal sealed class SecretOptions
{
    /// <summary>Secrets that a tenant may have. Default: 200.</summary>
    [Range(1, 1_000)]
    public int SecretsMax { get; set; } = 200;

    /// <summary>Bytes of UTF-8 of one value. Default: 64 KiB.</summary>
    [Range(1, 262_144)]
    public int ValueBytesMax { get; set; } = 65_536;

    /// <summary>
    /// How long a running server may hold a value that it was given: a rotation, a deletion and a grant that was taken
    /// back are seen within this time. Default: 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan CacheTime { get; set; } = TimeSpan.FromSeconds(5);
}
