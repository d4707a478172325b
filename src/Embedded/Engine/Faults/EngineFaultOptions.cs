using System.ComponentModel.DataAnnotations;

namespace Smcp.Engine.Faults;

/// <summary>
/// For tests: what the engine does on purpose that a cluster does by accident. Configure it as any options; all is off
/// by default.
/// </summary>
public sealed class EngineFaultOptions
{
    /// <summary>Whether every message is written and read again on its way. Default: false.</summary>
    public bool WireForm { get; set; }

    /// <summary>Seeds the faults below: the same calls in the same order meet the same ones. Default: 1.</summary>
    [Range(int.MinValue, int.MaxValue)]
    public int Seed { get; set; } = 1;

    /// <summary>Of the calls to an activation at rest, the share that finds it killed. Default: 0.</summary>
    [Range(0.0, 1.0)]
    public double KillRate { get; set; }

    /// <summary>Of the calls to an activation at rest, the share that finds it moved. Default: 0.</summary>
    [Range(0.0, 1.0)]
    public double MoveRate { get; set; }

    /// <summary>
    /// Of the calls to an activation at rest, the share that makes a second one beside it; from then on each call
    /// goes to either. Default: 0.
    /// </summary>
    [Range(0.0, 1.0)]
    public double DuplicateRate { get; set; }

    /// <summary>Of the bells, the share that is lost. Default: 0.</summary>
    [Range(0.0, 1.0)]
    public double BellLossRate { get; set; }

    /// <summary>Of the bells, the share that comes twice. Default: 0.</summary>
    [Range(0.0, 1.0)]
    public double BellRepeatRate { get; set; }

    /// <summary>Of the bells, the share that is held back until after the next. Default: 0.</summary>
    [Range(0.0, 1.0)]
    public double BellDelayRate { get; set; }
}
