using System.Diagnostics;
using Smcp.Engine.Activations;

namespace Smcp.Engine.Calls;

/// <summary>A piece of work that an activation admits by its rules: a call, a timer's tick, a reminder.</summary>
internal abstract class Turn : WorkItem
{
    /// <summary>Whose turn it is; another activation of the same grain when this one ends first.</summary>
    public Activation? Target { get; set; }

    /// <summary>The trace that the turn belongs to.</summary>
    public Activity? Trace { get; set; }

    /// <summary>For logs and time-outs.</summary>
    public abstract string Name { get; }

    /// <summary>Neither blocks other turns nor is blocked by them.</summary>
    public abstract bool Interleaves { get; }

    /// <summary>Nobody waits for it any more: not to be begun.</summary>
    public abstract bool IsOver { get; }

    /// <summary>Belongs to this activation and to no later one.</summary>
    public virtual bool IsBound => false;

    /// <summary>Counts as use of the activation: keeps it from being idle.</summary>
    public virtual bool IsUse => true;

    /// <summary>Runs it. Ends with <see cref="Activation.EndTurn"/>, now or later.</summary>
    public abstract void Begin(Activation activation);

    /// <summary>It will not be run.</summary>
    public abstract void Refuse(Exception reason);

    public override void Execute() => Target!.Admit(this);
}
