using Smcp.Engine.Calls;

namespace Smcp.Engine.Activations;

/// <summary>One tick of a timer. It does not keep the activation alive.</summary>
internal sealed class TimerTurn(ActivationTimer timer) : Turn
{
    public override string Name => "timer";

    public override bool Interleaves => false;

    public override bool IsOver => timer.IsDisposed;

    public override bool IsBound => true;

    public override bool IsUse => false;

    public override void Begin(Activation activation) => _ = RunAsync(activation);

    public override void Refuse(Exception reason)
    {
        // Its activation has ended, and the timer with it.
    }

    private async Task RunAsync(Activation activation)
    {
        Exception? fault = null;
        try
        {
            await timer.RunAsync();
        }
        catch (OperationCanceledException) when (timer.IsDisposed)
        {
            // What the grain was told to do: its timer is gone.
        }
        catch (Exception exception)
        {
            fault = exception;
            activation.Services.LogTimerFaulted(activation.ToString(), exception);
        }

        timer.Rearm();
        activation.EndTurn(this, fault);
    }
}
