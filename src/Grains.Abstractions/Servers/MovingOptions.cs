using System.ComponentModel.DataAnnotations;

namespace Smcp.Servers;

/// <summary>How a call waits for an instance that moves to another node.</summary>
public sealed class MovingOptions
{
    /// <summary>How long it waits at most. Default: 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The wait before the instance is asked again. Default: 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);
}
