using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Hosting;
using Smcp.Hosting.Classes;
using Smcp.Hosting.State;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>The grains behind one instance, as its author's services see them.</summary>
internal sealed class InstanceHost(RuntimeStart start, IRuntimeEvents events) : IInstanceHost
{
    public IServerStateStore StateStore { get; } = new GrainStateStore(start.Storage, start.Instance, events.Ended);

    public IServerSecrets Secrets => start.Data.Secrets;

    public IServerKeyValues KeyValues => start.Data.KeyValues;

    public IServerObjects Objects => start.Data.Objects;

    public void ResourceUpdated(string uri) => events.Notify(null, new McpFrame
    {
        Kind = McpFrameKind.Notification,
        Method = McpMethods.ResourceUpdated,
        Body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["uri"] = uri }, McpJson<JsonObject>.Info),
    });

    public void ListChanged(ChangedList list) => events.Notify(null, new McpFrame
    {
        Kind = McpFrameKind.Notification,
        Method = list switch
        {
            ChangedList.Tools => McpMethods.ToolsListChanged,
            ChangedList.Prompts => McpMethods.PromptsListChanged,
            _ => McpMethods.ResourcesListChanged,
        },
    });
}
