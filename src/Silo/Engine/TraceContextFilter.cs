using System.Diagnostics;

namespace Smcp.Engine;

/// <summary>
/// Carries trace context from call to call. Orleans' own filters do so only while somebody listens to its spans; where
/// they
/// made an activity, this one adds nothing.
/// </summary>
internal sealed class TraceContextFilter : IOutgoingGrainCallFilter, IIncomingGrainCallFilter
{
    // The names that Orleans' filters use, which are those of W3C Trace Context.
    private const string Parent = "traceparent";
    private const string State = "tracestate";

    Task IOutgoingGrainCallFilter.Invoke(IOutgoingGrainCallContext context)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } activity)
        {
            RequestContext.Set(Parent, id);
            Put(State, activity.TraceStateString);
        }
        else
        {
            RequestContext.Remove(Parent);
            RequestContext.Remove(State);
        }

        return context.Invoke();
    }

    Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context) =>
        Activity.Current is null && RequestContext.Get(Parent) is string parent
            ? WithinAsync(parent, context)
            : context.Invoke();

    private static async Task WithinAsync(string parent, IIncomingGrainCallContext context)
    {
        using var activity = new Activity(context.MethodName)
        {
            TraceStateString = RequestContext.Get(State) as string,
        };
        activity.SetParentId(parent).Start();
        await context.Invoke();
    }

    private static void Put(string key, string? value)
    {
        if (value is null)
        {
            RequestContext.Remove(key);
        }
        else
        {
            RequestContext.Set(key, value);
        }
    }
}
