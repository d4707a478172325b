using System.Diagnostics;
using System.Text.Json;
using ModelContextProtocol;
using Smcp.Mcp;

namespace Smcp.Runtimes.CSharp;

/// <summary>Runs one call on the thread pool, from its first line of author code to its reply.</summary>
internal sealed class CallRun(
    CallServer call, RequestHandler handler, CancellationToken cancellationToken) : IThreadPoolWorkItem
{
    public void Execute() => _ = RunAsync();

    private async Task RunAsync() => await call.FinishAsync(await AnswerAsync());

    private async ValueTask<McpReply> AnswerAsync()
    {
        using var cancelled = cancellationToken.UnsafeRegister(static state => ((CallServer)state!).Cancel(), call);
        using var activity = StartActivity();
        try
        {
            return McpReply.Result(await handler(call, call.Cancelled));
        }
        catch (Exception exception)
        {
            // Author code may throw anything; each becomes an answer here, and nowhere else.
            activity?.SetStatus(ActivityStatusCode.Error);
            if (exception is not (McpException or OperationCanceledException or JsonException))
            {
                call.Runtime.RequestFailed(call.Method, exception);
            }

            return CallErrors.Reply(exception);
        }
    }

    private Activity? StartActivity()
    {
        if (call.Caller.TraceParent is not { } parent ||
            !ActivityContext.TryParse(parent, call.Caller.TraceState, isRemote: true, out var context))
        {
            return RuntimeTelemetry.Source.StartActivity(call.Method, ActivityKind.Server);
        }

        var activity = RuntimeTelemetry.Source.StartActivity(call.Method, ActivityKind.Server, context);
        if (activity is not null)
        {
            return activity;
        }

        // Nobody samples here, and still the author's own requests must carry the trace on.
        return new Activity(call.Method).SetParentId(context.TraceId, context.SpanId, context.TraceFlags).Start();
    }
}
