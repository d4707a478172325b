using System.Text.Json.Nodes;
using Smcp.Runtimes.Upstream;
using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

/// <summary>What of a member is shown, and how: what a virtual server's settings say of it.</summary>
internal sealed class MemberView(VirtualMember settings)
{
    private readonly NameFilter _resources = new(settings.Resources);
    private readonly MemberNames _tools = new(settings.Prefix, new NameFilter(settings.Tools), settings.ToolItems);

    private readonly MemberNames _prompts =
        new(settings.Prefix, new NameFilter(settings.Prompts), settings.PromptItems);

    public ServerId Server => settings.Server;

    public MemberNames Names(VirtualKind kind) => kind == VirtualKind.Tool ? _tools : _prompts;

    public bool ShowsResource(string uri) => _resources.Fits(uri);

    /// <summary>A tool or prompt of the member as it is shown here; null where it is not.</summary>
    public JsonObject? Show(VirtualKind kind, JsonObject thing)
    {
        var names = Names(kind);
        if (thing.Text("name") is not { } name || names.Show(name) is not { } shown)
        {
            return null;
        }

        thing["name"] = shown;
        if (names.Item(name) is { } item)
        {
            Replace(thing, "title", item.Title);
            Replace(thing, "description", item.Description);
            Hide(kind, thing, RawJson.Parse(item.Arguments));
        }

        return thing;
    }

    /// <summary>A request of a tool or prompt as the member must get it.</summary>
    public ReadOnlyMemory<byte> Request(VirtualKind kind, string name, ReadOnlyMemory<byte> parameters)
    {
        var renamed = new JsonEdit("name", RawJson.Write(name));
        if (RawJson.Parse(Names(kind).Item(name)?.Arguments ?? default) is not { } pinned)
        {
            return UpstreamJson.With(parameters, renamed);
        }

        var given = UpstreamJson.Member(parameters, "arguments"u8);
        var arguments = UpstreamJson.With(
            given.Span.StartsWith("{"u8) ? given : default,
            [.. pinned.Select(argument => new JsonEdit(argument.Key, RawJson.Write(argument.Value!)))]);
        return UpstreamJson.With(parameters, renamed, new JsonEdit("arguments", arguments));
    }

    private static void Replace(JsonObject thing, string member, string? text)
    {
        if (text is not null)
        {
            thing[member] = text;
        }
    }

    /// <summary>What is pinned is no business of a client's: its schema does not name it.</summary>
    private static void Hide(VirtualKind kind, JsonObject thing, JsonObject? pinned)
    {
        if (pinned is null)
        {
            return;
        }

        if (kind == VirtualKind.Prompt)
        {
            (thing["arguments"] as JsonArray)?.RemoveAll(
                argument => (argument as JsonObject)?.Text("name") is { } name && pinned.ContainsKey(name));
            return;
        }

        if (thing["inputSchema"] is JsonObject schema)
        {
            (schema["required"] as JsonArray)?.RemoveAll(
                required => required is JsonValue value && value.TryGetValue(out string? name)
                    && pinned.ContainsKey(name));
            foreach (var (name, _) in pinned)
            {
                (schema["properties"] as JsonObject)?.Remove(name);
            }
        }
    }
}
