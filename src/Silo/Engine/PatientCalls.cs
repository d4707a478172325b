using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace Smcp.Engine;

/// <summary>
/// Sends again what certainly did not run, as its silo is gone, until it reaches another; and gives up what may have
/// been lost with a silo. So a silo that leaves or dies costs callers time, and an error only where the outcome is
/// unknown.
/// </summary>
internal sealed partial class PatientCalls(
    TimeProvider time, IOptions<CallOptions> options, ILogger<PatientCalls> logger, LostGateways? lost = null)
    : IOutgoingGrainCallFilter
{
    private readonly ConcurrentDictionary<MethodInfo, bool> _prompt = new();

    Task IOutgoingGrainCallFilter.Invoke(IOutgoingGrainCallContext context)
    {
        var giveUp = GiveUpOf(context);
        var call = context.Invoke();
        return call.IsCompletedSuccessfully ? call : FollowAsync(context, call, giveUp);
    }

    private async Task FollowAsync(IOutgoingGrainCallContext context, Task call, CancellationToken cancellationToken)
    {
        var begunAt = time.GetTimestamp();
        while (!await EndsAsync(context, call, begunAt, cancellationToken))
        {
            await Task.Delay(options.Value.RetryDelay, time, CancellationToken.None);
            cancellationToken = GiveUpOf(context);
            call = context.Invoke();
        }
    }

    /// <summary>True when the call came to its end; false when it is to be sent again.</summary>
    private async Task<bool> EndsAsync(
        IOutgoingGrainCallContext context, Task call, long begunAt, CancellationToken cancellationToken)
    {
        try
        {
            await call.WaitAsync(cancellationToken);
            return true;
        }
        catch (OrleansException exception)
            when (OrleansFailures.DidNotRun(exception) && time.GetElapsedTime(begunAt) < options.Value.RetryPatience)
        {
            LogCallRepeated(context.InterfaceName, context.MethodName, exception.Message);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !call.IsCompleted)
        {
            _ = call.ContinueWith(
                static ended => _ = ended.Exception,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw new TimeoutException("A silo was lost while the call was on its way; its outcome is unknown.");
        }
    }

    /// <summary>
    /// A pull of a response stream may wait for long; one that is lost ends by its own time-out. What interleaves
    /// neither waits for others nor for what takes long, so it is answered at once.
    /// </summary>
    private CancellationToken GiveUpOf(IOutgoingGrainCallContext context) =>
        lost is null || context.InterfaceMethod is not { } method
            || method.DeclaringType == typeof(IAsyncEnumerableGrainExtension)
            ? CancellationToken.None
            : lost.GiveUp(_prompt.GetOrAdd(method, static m => m.IsDefined(typeof(InterleavesAttribute))));
}
