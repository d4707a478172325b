namespace Smcp.Engine.Calls;

/// <summary>Carries a cancellation to where the grain's code runs.</summary>
internal sealed class CallCancellation(GrainCall call) : WorkItem
{
    public override void Execute() => call.CancelGrain();
}
