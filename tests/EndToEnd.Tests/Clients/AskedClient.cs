using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Smcp.EndToEnd.Clients;

/// <summary>The official C# client with a person and a model behind it, who answer what servers ask.</summary>
internal static class AskedClient
{
    public static Task<McpClient> ConnectAsync(Uri endpoint, string revision, string root = "file:///project") =>
        McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions
            {
                Endpoint = endpoint,
                TransportMode = HttpTransportMode.StreamableHttp,
            }),
            OptionsFor(revision, root));

    /// <summary>
    /// Calls a tool and hears of its progress: three times, in order. By a handler of our own: the client's unregisters
    /// with the answer, beside which it dispatches.
    /// </summary>
    public static async Task<IReadOnlyList<float>> SeeProgressAsync(
        McpClient client, string tool, params (string Name, double Value)[] arguments)
    {
        var seen = Channel.CreateUnbounded<float>();
        await using var registration = client.RegisterNotificationHandler(
            NotificationMethods.ProgressNotification,
            (notification, _) => seen.Writer.WriteAsync(notification.Params!["progress"]!.GetValue<float>(), default));
        await client.CallToolAsync(new CallToolRequestParams
        {
            Name = tool,
            Arguments = arguments.ToDictionary(
                argument => argument.Name, argument => JsonSerializer.SerializeToElement(argument.Value)),
            Meta = new JsonObject { ["progressToken"] = "p" },
        });

        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        var values = await seen.Reader.ReadAllAsync(late.Token).Take(3).ToListAsync(late.Token);
        return [.. values.Order()];
    }

    public static McpClientOptions OptionsFor(string revision, string root = "file:///project") => new()
    {
        ProtocolVersion = revision,
        Handlers = new McpClientHandlers
        {
            ElicitationHandler = (asked, _) => ValueTask.FromResult(new ElicitResult
            {
                Action = "accept",
                Content = (asked!.RequestedSchema!.Required ?? [.. asked.RequestedSchema.Properties.Keys])
                    .ToDictionary(k => k, _ => JsonSerializer.SerializeToElement("Bob")),
            }),
            SamplingHandler = (_, _, _) => ValueTask.FromResult(new CreateMessageResult
            {
                Model = "a-model",
                Content = [new TextContentBlock { Text = "sampled" }],
            }),
            RootsHandler = (_, _) => ValueTask.FromResult(new ListRootsResult
            {
                Roots = [new Root { Uri = root, Name = "project" }],
            }),
        },
    };
}
