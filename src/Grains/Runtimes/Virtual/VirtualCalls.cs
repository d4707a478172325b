using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes.Upstream;
using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

/// <summary>Brings each request to the member that it is for.</summary>
internal sealed class VirtualCalls(MemberDirectory members)
{
    private readonly MergedLists _lists = new(members);

    public ValueTask<McpReply> InvokeAsync(
        RuntimePeer? peer, RuntimeCall call, CancellationToken cancellationToken) => call.Call.Method switch
        {
            McpMethods.ToolsList or McpMethods.PromptsList or McpMethods.ResourcesList
                or McpMethods.ResourceTemplatesList => _lists.ListAsync(peer, call, cancellationToken),
            McpMethods.ToolsCall => InvokeNamedAsync(VirtualKind.Tool, peer, call, cancellationToken),
            McpMethods.PromptsGet => InvokeNamedAsync(VirtualKind.Prompt, peer, call, cancellationToken),
            McpMethods.ResourcesRead => InvokeFirstAsync(
                RawJson.Parse(call.Call.Params)?.Text("uri"), peer, call, cancellationToken),
            McpMethods.Complete => CompleteAsync(peer, call, cancellationToken),
            _ => new(Error(
                McpErrorCodes.MethodNotFound, $"The method '{ClientText.Clip(call.Call.Method)}' is not available.")),
        };

    private static McpReply Error(int code, string message) =>
        McpReply.Error(JsonRpcWriter.Error(code, message));

    private ValueTask<McpReply> InvokeNamedAsync(
        VirtualKind kind, RuntimePeer? peer, RuntimeCall call, CancellationToken cancellationToken)
    {
        var shown = RawJson.Parse(call.Call.Params)?.Text("name") ?? string.Empty;
        return members.Find(kind, shown) is not var (member, name)
            ? new(Error(McpErrorCodes.InvalidParams, $"There is no {Word(kind)} '{ClientText.Clip(shown)}'."))
            : member.InvokeAsync(
                peer, With(call, member.View.Request(kind, name, call.Call.Params)), cancellationToken);
    }

    private static string Word(VirtualKind kind) => kind == VirtualKind.Tool ? "tool" : "prompt";

    private ValueTask<McpReply> CompleteAsync(
        RuntimePeer? peer, RuntimeCall call, CancellationToken cancellationToken)
    {
        var reference = RawJson.Parse(call.Call.Params)?["ref"] as JsonObject;
        if (reference?.Text("type") != "ref/prompt")
        {
            return InvokeFirstAsync(reference?.Text("uri"), peer, call, cancellationToken);
        }

        if (members.Find(VirtualKind.Prompt, reference.Text("name") ?? string.Empty) is not var (member, name))
        {
            return new(Error(McpErrorCodes.InvalidParams, "There is no such prompt."));
        }

        reference["name"] = name;
        var parameters = UpstreamJson.With(call.Call.Params, new JsonEdit("ref", RawJson.Write(reference)));
        return member.InvokeAsync(peer, With(call, parameters), cancellationToken);
    }

    /// <summary>
    /// A URI does not say whose it is, so its members are asked in order until one has it: reading may be repeated.
    /// </summary>
    private async ValueTask<McpReply> InvokeFirstAsync(
        string? uri, RuntimePeer? peer, RuntimeCall call, CancellationToken cancellationToken)
    {
        McpReply? refused = null;
        foreach (var member in members.All.Where(member => uri is not null && member.View.ShowsResource(uri)))
        {
            var reply = await member.InvokeAsync(peer, call, cancellationToken);
            if (!IsUnknownThere(reply))
            {
                return reply;
            }

            refused ??= reply;
        }

        return refused ?? McpReply.Error(JsonRpcWriter.Error(
            McpErrorCodes.ResourceNotFound,
            "There is no such resource.",
            RawJson.Write(new JsonObject { ["uri"] = ClientText.Clip(uri ?? string.Empty) })));
    }

    private static bool IsUnknownThere(McpReply reply) =>
        reply.IsError && RawJson.Parse(reply.Body)?["code"] is JsonValue value && value.TryGetValue(out int code)
        && code is McpErrorCodes.ResourceNotFound or McpErrorCodes.InvalidParams or McpErrorCodes.MethodNotFound;

    private static RuntimeCall With(RuntimeCall call, ReadOnlyMemory<byte> parameters) =>
        call with { Call = call.Call with { Params = parameters } };
}
