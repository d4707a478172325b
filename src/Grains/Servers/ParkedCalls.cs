using System.Text.Json.Nodes;
using Smcp.Engine;
using Smcp.Mcp;

namespace Smcp.Servers;

/// <summary>
/// Calls of clients without session whose server waits for an answer: the request is answered with
/// <c>input_required</c>, and the client's next one continues the same run. A parked call lives in memory and dies
/// with its process, so its state needs no durable record of its use: what is not here cannot be continued. On the
/// activation's scheduler.
/// </summary>
internal sealed class ParkedCalls(
    IActivationContext activation, InstanceOptions options, CallTable calls, CallAnswers answers, RequestStates states)
{
    private static readonly McpFault TooMany = new(FaultReason.LimitExceeded, "Too many calls wait for their clients.");

    private readonly Dictionary<string, ParkedCall> _parked = [];

    public int Count => _parked.Count;

    /// <summary>Gives a result of ours the form that its client must get.</summary>
    public required Func<InFlightCall, McpReply, McpReply> OnPark { get; init; }

    /// <summary>A call asks: collects what else it asks within a short window, then parks it.</summary>
    public void Collect(InFlightCall call)
    {
        if (call.Collecting || call.Leg is null)
        {
            return;
        }

        call.Collecting = true;
        IDisposable? timer = null;
        timer = activation.RegisterTimer(
            async _ =>
            {
                timer?.Dispose();
                call.Collecting = false;
                await ParkAsync(call);
            },
            options.QuestionWindow,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>A client came back with its answers: continues the call for the new request.</summary>
    public async ValueTask<McpOutcome> ContinueAsync(
        InstanceCall request, RequestState state, JsonObject parameters, CancellationToken cancellationToken)
    {
        if (!_parked.TryGetValue(state.ParkedCall!, out var parked) || parked.State.Nonce != state.Nonce)
        {
            return McpOutcome.Refused(RequestStates.Refusal("was used before, or its call is lost"));
        }

        var call = parked.Call;
        var leg = call.BeginLeg(request.Id, FrameTranslation.For(request.Call), activation.Time.GetTimestamp());
        if (calls.Admit(leg) is { } fault)
        {
            call.LeaveLeg();
            return McpOutcome.Refused(fault);
        }

        _parked.Remove(state.ParkedCall!);
        answers.AbandonWith(leg, cancellationToken);
        Answer(call, InputResponses.Of(parameters));
        if (call.HeldReply is { } held)
        {
            await answers.ReplyAsync(leg, held);
        }
        else if (call.Questions().Count > 0)
        {
            Collect(call);
        }

        return await leg.Outcome;
    }

    /// <summary>Ends the calls whose clients did not come back.</summary>
    public void Sweep()
    {
        if (_parked.Count > 0)
        {
            var now = activation.Time.GetUtcNow();
            foreach (var (run, parked) in _parked.Where(p => p.Value.State.ExpiresAt <= now).ToArray())
            {
                _parked.Remove(run);
                parked.Call.Cancel();
            }
        }
    }

    /// <summary>Their runtime is gone, and they with it.</summary>
    public void Clear()
    {
        foreach (var parked in _parked.Values)
        {
            parked.Call.Cancel();
        }

        _parked.Clear();
    }

    private static void Answer(InFlightCall call, InputResponses responses)
    {
        foreach (var question in call.Questions())
        {
            if (responses.Find(question.Id, question.Request) is { } answer)
            {
                question.TryAnswer(answer);
            }
        }
    }

    private async Task ParkAsync(InFlightCall call)
    {
        if (call.Leg is not { Phase: not LegPhase.Closed } leg || call.RunEnded || call.Questions().Count == 0)
        {
            return;
        }

        if (_parked.Count >= options.ParkedCallsMax
            || _parked.Values.Count(p => p.Call.Caller.Principal == call.Caller.Principal)
                >= options.ParkedCallsPerPrincipalMax)
        {
            await answers.FailAsync(leg, TooMany);
            return;
        }

        var state = states.Create(call.Caller, call.Request.Call) with { ParkedCall = call.Request.Id.ToString() };
        var text = await states.SealAsync(state);
        var questions = call.Questions();
        if (call.Leg == leg && leg.Phase != LegPhase.Closed && !call.RunEnded && questions.Count > 0)
        {
            call.LeaveLeg();
            _parked.Add(state.ParkedCall, new ParkedCall(call, state));
            await answers.AnswerAsync(leg, OnPark(call, InputRequired.Result(questions, text)));
        }
    }
}
