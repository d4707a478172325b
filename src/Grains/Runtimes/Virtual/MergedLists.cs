using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

/// <summary>
/// The lists of all members as one. A member that is slow or gone is left out, and the others' things are there.
/// </summary>
internal sealed class MergedLists(MemberDirectory members)
{
    /// <summary>The list that a <c>*/list</c> request asks for.</summary>
    public async ValueTask<McpReply> ListAsync(
        RuntimePeer? peer, RuntimeCall call, CancellationToken cancellationToken)
    {
        // All members' things come on one page, so there is no cursor that could be meant.
        if (RawJson.Parse(call.Call.Params)?.ContainsKey("cursor") == true)
        {
            return McpReply.Error(JsonRpcWriter.Error(McpErrorCodes.InvalidParams, "The cursor is not known."));
        }

        var (items, show) = ListOf(call.Call.Method);
        var parts = await Task.WhenAll(members.All.Select(
            async member => (member, Things: await member.ListAsync(peer, call, items, cancellationToken))));
        var shown = new HashSet<string>(StringComparer.Ordinal);
        var merged = new JsonArray();
        foreach (var (member, things) in parts)
        {
            foreach (var thing in things)
            {
                if (show(member, thing) is { } name && shown.Add(name))
                {
                    merged.Add(thing);
                }
            }
        }

        return McpReply.Result(RawJson.Write(new JsonObject { [items] = merged }));
    }

    private (string Items, Func<Member, JsonObject, string?> Show) ListOf(string method) => method switch
    {
        McpMethods.ToolsList => ("tools", Named(VirtualKind.Tool)),
        McpMethods.PromptsList => ("prompts", Named(VirtualKind.Prompt)),
        McpMethods.ResourcesList => ("resources", Resource("uri")),
        _ => ("resourceTemplates", Resource("uriTemplate")),
    };

    /// <summary>By its name here, where a call of that name goes to this member.</summary>
    private Func<Member, JsonObject, string?> Named(VirtualKind kind) => (member, thing) =>
        member.View.Show(kind, thing)?.Text("name") is { } name && members.Find(kind, name)?.Member == member
            ? name
            : null;

    private static Func<Member, JsonObject, string?> Resource(string name) => (member, thing) =>
        thing.Text(name) is { } uri && member.View.ShowsResource(uri) ? uri : null;
}
