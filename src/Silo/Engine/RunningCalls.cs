namespace Smcp.Engine;

/// <summary>
/// Counts the calls that run in an activation, so that it ends after them: Orleans ends it beside them, and what they
/// still write would meet its successor.
/// </summary>
internal sealed class RunningCalls : IIncomingGrainCallFilter
{
    Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context)
    {
        // Calls of extensions, such as the pulls of response streams, may last; they do not write.
        if (!ReferenceEquals(context.Grain, context.TargetContext.GrainInstance)
            || context.TargetContext.GetComponent<ShellActivation>() is not { } activation)
        {
            return context.Invoke();
        }

        activation.BeginCall();
        var call = context.Invoke();
        if (!call.IsCompleted)
        {
            return EndAsync(activation, call);
        }

        activation.EndCall();
        return call;
    }

    private static async Task EndAsync(ShellActivation activation, Task call)
    {
        try
        {
            await call;
        }
        finally
        {
            activation.EndCall();
        }
    }
}
