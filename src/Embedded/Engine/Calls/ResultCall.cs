using System.Threading.Tasks.Sources;
using Smcp.Engine.Activations;

namespace Smcp.Engine.Calls;

/// <summary>
/// A call with its answer. The proxies' emitted classes derive from it, one for each grain method, with a field for
/// each argument. It is the caller's awaitable as well, so that a call is one object.
/// </summary>
internal abstract class ResultCall<TResult> : GrainCall, IValueTaskSource<TResult>, IValueTaskSource
{
    // A continuation must not run inside the callee's turn.
    private ManualResetValueTaskSourceCore<TResult> _answer = new() { RunContinuationsAsynchronously = true };

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

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.GetResult(short token) => _answer.GetResult(token);

    /// <summary>Calls the grain's method.</summary>
    protected abstract ValueTask<TResult> InvokeAsync(object grain);

    protected override void SetFailure(Exception exception) => _answer.SetException(exception);

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
