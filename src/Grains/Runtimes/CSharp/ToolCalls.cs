using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting.Classes;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// <c>tools/call</c>, the hot path: the tool is looked up and invoked with a context of its own, around it only the
/// filters that the
/// author put there.
/// </summary>
internal sealed class ToolCalls
{
    private readonly ConditionalWeakTable<McpServerTool, ToolTraits> _traits = [];
    private readonly McpServerHandlers _handlers;
    private readonly RequestFactory _requests;
    private readonly McpRequestHandler<CallToolRequestParams, CallToolResult> _pipeline;
    private readonly bool _hasFilters;

    public ToolCalls(ServerClass served, RequestFactory requests)
    {
        _handlers = served.Handlers;
        _requests = requests;
        _hasFilters = served.Filters.Request.CallToolFilters.Count > 0;
        _pipeline = RequestFactory.Filtered(InvokeAsync, served.Filters.Request.CallToolFilters);
    }

    public async ValueTask<ReadOnlyMemory<byte>> CallAsync(CallServer call, CancellationToken cancellationToken)
    {
        var parameters = ToolParams.Read(call.Params);
        call.Meta = parameters.Meta;
        if (!call.ServerOptions.ToolCollection!.TryGetPrimitive(parameters.Name, out var tool) &&
            _handlers.CallToolHandler is null)
        {
            throw new McpProtocolException(
                $"Unknown tool: '{ClientText.Clip(parameters.Name)}'", McpErrorCode.InvalidParams);
        }

        var traits = tool is null ? null : _traits.GetValue(tool, static added => new ToolTraits(added));
        if (traits?.Rules.Problem(parameters) is { } problem)
        {
            return Refused(call, parameters.Name, problem);
        }

        var context = new RequestContext<CallToolRequestParams>(call, Request(call, traits), parameters)
        {
            MatchedPrimitive = tool,
        };
        var outcome = await InputRounds.RunAsync(
            call, context, RunAsync, _requests.Options.InputRoundsMax, cancellationToken);
        return outcome.Result is { } result
            ? _requests.Results.WriteCall(result, call.Revision)
            : _requests.Results.Write(outcome.InputRequired!, call.Revision);
    }

    /// <summary>Most tools never look at the message they come from; then it is not made.</summary>
    private JsonRpcRequest Request(CallServer call, ToolTraits? traits) =>
        _hasFilters || traits is not { SeesEnvelope: false }
        ? RequestFactory.Envelope(call)
        : new JsonRpcRequest { Id = call.RequestId, Method = call.Method };

    /// <summary>
    /// From 2025-11-25 wrong arguments are a result that the model can read and mend (SEP-1303); before, an error.
    /// </summary>
    private ReadOnlyMemory<byte> Refused(CallServer call, string tool, string problem)
    {
        var message = $"Invalid arguments for '{ClientText.Clip(tool)}': {problem}";
        return call.Revision.AnswersBadArgumentsWithResult
            ? _requests.Results.WriteCall(Failed(message), call.Revision)
            : throw new McpProtocolException(message, McpErrorCode.InvalidParams);
    }

    private async ValueTask<CallToolResult> RunAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline(request, cancellationToken);
        }
        catch (Exception exception) when (!IsForTheProtocol(exception, cancellationToken))
        {
            // A tool that fails is a result with isError (server/tools): the model may try otherwise.
            var tool = ClientText.Clip(request.Params.Name);
            ((CallServer)request.Server).Runtime.ToolFailed(tool, exception);
            return Failed(exception is McpException
                ? $"An error occurred invoking '{tool}': {exception.Message}"
                : $"An error occurred invoking '{tool}'.");
        }
    }

    private ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken) =>
        request.MatchedPrimitive is McpServerTool tool
            ? tool.InvokeAsync(request, cancellationToken)
            : _handlers.CallToolHandler!(request, cancellationToken);

    private static bool IsForTheProtocol(Exception exception, CancellationToken cancellationToken) =>
        exception is McpProtocolException or InputRequiredException ||
        (exception is OperationCanceledException && cancellationToken.IsCancellationRequested);

    private static CallToolResult Failed(string message) =>
        new() { IsError = true, Content = [new TextContentBlock { Text = message }] };

    /// <summary>What is worth knowing of a tool before each call.</summary>
    private sealed class ToolTraits(McpServerTool tool)
    {
        public ArgumentRules Rules { get; } = new(tool.ProtocolTool.InputSchema);

        /// <summary>Whether its method can look at the request itself; a tool that is no method is taken to.</summary>
        public bool SeesEnvelope { get; } =
            tool.Metadata.OfType<MethodInfo>().FirstOrDefault() is not { } method ||
            method.GetParameters().Any(
                parameter => parameter.ParameterType == typeof(RequestContext<CallToolRequestParams>)
                || parameter.ParameterType == typeof(ClaimsPrincipal));
    }
}
