using System.Threading.Tasks.Sources;
using Smcp.Engine.Activations;

namespace Smcp.Engine.Calls;

/// <summary>
/// A call with its answer. The proxies' emitted classes derive from it, one for each grain method, with a field for
/// each argument. It is the caller's awaitable as well, so that a call is one object.
/// </summary>
internal abstract class ResultCall<TResult>
    : GrainCall, IValueTaskSource<TResult>, IValueTaskSource, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<TResult> _answer;
    private Action<object?>? _continuation;
    private object? _continuationState;
    private ExecutionContext? _continuationContext;

    public ValueTask<TResult> Answer => new(this, _answer.Version);

    public ValueTask Completion => new(this, _answer.Version);

    public sealed override void Begin(Activation activation)
    {
        ValueTask<TResult> running;
        try
        {
            running = InvokeAsync(activation.Grain);
            if (!running.IsCompleted)
            {
                _ = FinishAsync(running, activation);
                return;
            }

            Succeed(running.Result, activation);
        }
        catch (Exception exception)
        {
            Fail(exception, activation);
            return;
        }

        activation.EndTurn(this, null);
    }

    public TResult GetResult(short token) => _answer.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _answer.GetStatus(token);

    /// <summary>
    /// The continuation of a grain goes to its scheduler. Any other is run by a thread of the pool, as the answer is
    /// given within the callee's turn.
    /// </summary>
    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0 && HasScheduler())
        {
            _answer.OnCompleted(continuation, state, token, flags);
            return;
        }

        (_continuation, _continuationState) = (continuation, state);
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0)
        {
            _continuationContext = ExecutionContext.Capture();
        }

        _answer.OnCompleted(
            static call => PoolThread.Queue((ResultCall<TResult>)call!),
            this, token, ValueTaskSourceOnCompletedFlags.None);
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_continuationContext is { } context)
        {
            ExecutionContext.Run(context, static call => ((ResultCall<TResult>)call!).Continue(), this);
        }
        else
        {
            Continue();
        }
    }

    void IValueTaskSource.GetResult(short token) => _answer.GetResult(token);

    /// <summary>Calls the grain's method.</summary>
    protected abstract ValueTask<TResult> InvokeAsync(object grain);

    protected override void SetFailure(Exception exception) => _answer.SetException(exception);

    /// <summary>What an await returns to; a context of the base class is none.</summary>
    private static bool HasScheduler() =>
        TaskScheduler.Current != TaskScheduler.Default
        || (SynchronizationContext.Current is { } context && context.GetType() != typeof(SynchronizationContext));

    private void Continue() => _continuation!(_continuationState);

    private async Task FinishAsync(ValueTask<TResult> running, Activation activation)
    {
        try
        {
            Succeed(await running, activation);
        }
        catch (Exception exception)
        {
            Fail(exception, activation);
            return;
        }

        activation.EndTurn(this, null);
    }

    private void Succeed(TResult result, Activation activation)
    {
        if (activation.Services.Wire is { } wire)
        {
            result = wire.Cross(result);
        }

        if (TryAnswer())
        {
            _answer.SetResult(result);
        }
    }

    private void Fail(Exception exception, Activation activation)
    {
        if (TryAnswer())
        {
            _answer.SetException(activation.Services.Wire?.CrossFault(exception) ?? exception);
        }

        activation.EndTurn(this, exception);
    }
}
