using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Smcp.Samples.Everything.Tools;

/// <summary>
/// Tools that return <c>input_required</c> themselves (SEP-2322): they end with a question, and are called again with
/// the answer. What they must
/// remember they give the client to carry.
/// </summary>
[McpServerToolType]
public sealed class InputRequiredTools(StateSeal seal)
{
    [McpServerTool(Name = "test_input_required_result_elicitation"), Description("Asks for a name, then greets.")]
    public static string Elicitation(RequestContext<CallToolRequestParams> request) =>
        Answers.TryReadText(request.Params, "user_name", "name", out var name)
            ? $"Hello, {name}!"
            : throw Ask("user_name", Questions.Elicitation("What is your name?", "name"));

    [McpServerTool(Name = "test_input_required_result_sampling"), Description("Asks the client's model for a capital.")]
    public static string Sampling(RequestContext<CallToolRequestParams> request) =>
        Answers.Has(request.Params, "capital_question")
            ? $"Sampling said: {Answers.SampledText(request.Params, "capital_question")}"
            : throw Ask("capital_question", CapitalQuestion());

    [McpServerTool(Name = "test_input_required_result_list_roots"), Description("Asks the client for its roots.")]
    public static string ListRoots(RequestContext<CallToolRequestParams> request) =>
        Answers.Has(request.Params, "client_roots")
            ? "Got the client's roots."
            : throw Ask("client_roots", InputRequest.ForRootsList(new ListRootsRequestParams()));

    [McpServerTool(Name = "test_input_required_result_request_state"), Description("Has the client carry a state.")]
    public static string RequestState(RequestContext<CallToolRequestParams> request) =>
        request.Params.RequestState == "first"
            ? "state-ok: the state came back as it was given"
            : throw Ask("confirm", Confirmation(), "first");

    [McpServerTool(Name = "test_input_required_result_multiple_inputs"), Description("Asks three things at once.")]
    public static string MultipleInputs(RequestContext<CallToolRequestParams> request)
    {
        string[] keys = ["user_name", "greeting", "client_roots"];
        if (keys.All(key => Answers.Has(request.Params, key)))
        {
            return "multiple-inputs-ok: all three answers came";
        }

        throw new InputRequiredException(
            new Dictionary<string, InputRequest>
            {
                ["user_name"] = Questions.Elicitation("What is your name?", "name"),
                ["greeting"] = InputRequest.ForSampling(Questions.Sampling("Generate a greeting", 50)),
                ["client_roots"] = InputRequest.ForRootsList(new ListRootsRequestParams()),
            },
            "asked-all");
    }

    [McpServerTool(Name = "test_input_required_result_multi_round")]
    [Description("Asks twice, with another state each time.")]
    public static string MultiRound(RequestContext<CallToolRequestParams> request) => request.Params.RequestState switch
    {
        "round-2" => "multi-round-ok",
        "round-1" =>
            throw Ask("step2", Questions.Elicitation("Step 2: What is your favorite color?", "color"), "round-2"),
        _ => throw Ask("step1", Questions.Elicitation("Step 1: What is your name?", "name"), "round-1"),
    };

    [McpServerTool(Name = "test_input_required_result_tampered_state")]
    [Description("Refuses a state that was changed.")]
    public async Task<string> TamperedStateAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        if (request.Params.RequestState is not { } state)
        {
            throw Ask("confirm", Confirmation(), await seal.SealAsync(Guid.NewGuid().ToString("N"), cancellationToken));
        }

        return await seal.OpensAsync(state, cancellationToken)
            ? "tampered-state-ok: the state is ours"
            : throw new McpProtocolException("The requestState is not ours.", McpErrorCode.InvalidParams);
    }

    [McpServerTool(Name = "test_input_required_result_capabilities")]
    [Description("Asks only what the client declares that it can answer.")]
    public static string Capabilities(RequestContext<CallToolRequestParams> request)
    {
        if (request.Params.InputResponses is { Count: > 0 })
        {
            return "capability-check-ok: answers came";
        }

        var capabilities = request.Server.ClientCapabilities;
        var questions = new Dictionary<string, InputRequest>();
        if (capabilities?.Sampling is not null)
        {
            questions["capital_question"] = CapitalQuestion();
        }

        if (capabilities?.Elicitation is not null)
        {
            questions["user_name"] = Questions.Elicitation("What is your name?", "name");
        }

        if (capabilities?.Roots is not null)
        {
            questions["client_roots"] = InputRequest.ForRootsList(new ListRootsRequestParams());
        }

        return questions.Count == 0
            ? "capability-check-ok: the client answers no questions"
            : throw new InputRequiredException(questions);
    }

    private static InputRequiredException Ask(string key, InputRequest question, string? state = null) =>
        new(new Dictionary<string, InputRequest> { [key] = question }, state);

    private static InputRequest Confirmation() =>
        Questions.Elicitation("Please confirm", "ok", new ElicitRequestParams.BooleanSchema());

    private static InputRequest CapitalQuestion() =>
        InputRequest.ForSampling(Questions.Sampling("What is the capital of France?", 100));
}
