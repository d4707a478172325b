using System.Text.Json;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Smcp.Remote;

/// <summary>
/// A server elsewhere that knows one era or both, for the official client of each revision: over HTTP, whole product
/// on both sides.
/// </summary>
public sealed class RemoteBridgeTests
{
    public static TheoryData<string?, string> Pairs()
    {
        var pairs = new TheoryData<string?, string>();
        foreach (var era in new[] { null, "legacy", "modern" })
        {
            foreach (var revision in new[] { "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28" })
            {
                pairs.Add(era, revision);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Client_UsesAServerElsewhere_OfEachEra(string? era, string revision)
    {
        await using var site = await RemoteSite.StartAsync(era);
        await using var client = await site.ConnectAsync(OptionsFor(revision), "canary-credential");

        Assert.Equal(revision, client.NegotiatedProtocolVersion);
        Assert.Contains(await client.ListToolsAsync(), tool => tool.Name == "test_simple_text");
        Assert.Equal(
            "This is a simple text response for testing.", TextOf(await client.CallToolAsync("test_simple_text")));
        Assert.True((await client.CallToolAsync("test_error_handling")).IsError);
        Assert.NotNull((await client.CallToolAsync("test_structured_list")).StructuredContent);
        Assert.Contains(await client.ListResourcesAsync(), resource => resource.Uri == "test://static-text");
        Assert.NotEmpty((await client.ReadResourceAsync("test://template/7/data")).Contents);
        Assert.NotEmpty((await client.GetPromptAsync("test_simple_prompt")).Messages);
        await Assert.ThrowsAnyAsync<McpException>(async () => await client.ReadResourceAsync("test://nowhere"));
        await SeeProgressAsync(client);
        if (revision is not ("2024-11-05" or "2025-03-26"))
        {
            var asked = await client.CallToolAsync(
                "test_elicitation", new Dictionary<string, object?> { ["message"] = "Who are you?" });
            Assert.Contains("Bob", TextOf(asked), StringComparison.Ordinal);
            var multi = await client.CallToolAsync("test_input_required_result_multi_round");
            Assert.NotEqual(true, multi.IsError);
        }

        Assert.DoesNotContain(
            site.Filter.Seen.SelectMany(headers => headers), header => header.Value.Contains("canary-credential"));
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task Session_HearsOfChanges_WhateverEraItsServerIsOf(string era)
    {
        await using var site = await RemoteSite.StartAsync(era);
        var options = OptionsFor("2025-11-25");
        var changed = Channel.CreateUnbounded<string>();
        options.Handlers.NotificationHandlers =
        [
            new(NotificationMethods.ToolListChangedNotification, HearAsync),
            new(NotificationMethods.ResourceUpdatedNotification, HearAsync),
        ];
        ValueTask HearAsync(JsonRpcNotification said, CancellationToken token) =>
            changed.Writer.WriteAsync(said.Method, token);
        await using var client = await site.ConnectAsync(options);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);

        // The stream that brings the news opens beside the requests: the change is made until it is heard of.
        await ChangeAsync(client, "test_trigger_tool_change", changed.Reader, late.Token);
        await client.SubscribeToResourceAsync("test://watched-resource");
        var heard = await ChangeAsync(client, "test_trigger_resource_update", changed.Reader, late.Token);
        while (heard != NotificationMethods.ResourceUpdatedNotification)
        {
            heard = await ChangeAsync(client, "test_trigger_resource_update", changed.Reader, late.Token);
        }
    }

    [Fact]
    public async Task Internal_AddressIsNotReached_UnlessTheOperatorNamedIt()
    {
        await using var site = await RemoteSite.StartAsync(allowsBack: false);

        await Assert.ThrowsAnyAsync<Exception>(async () => await site.ConnectAsync(OptionsFor("2025-11-25")));

        Assert.Empty(site.Filter.Seen);
    }

    private static async Task<string> ChangeAsync(
        McpClient client, string tool, ChannelReader<string> changed, CancellationToken cancellationToken)
    {
        while (true)
        {
            await client.CallToolAsync(tool, cancellationToken: cancellationToken);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                return await changed.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Not yet.
            }
        }
    }

    private static async Task SeeProgressAsync(McpClient client)
    {
        var seen = Channel.CreateUnbounded<float>();
        await using var registration = client.RegisterNotificationHandler(
            NotificationMethods.ProgressNotification,
            (notification, _) => seen.Writer.WriteAsync(notification.Params!["progress"]!.GetValue<float>(), default));
        await client.CallToolAsync(new CallToolRequestParams
        {
            Name = "test_tool_with_progress",
            Meta = new() { ["progressToken"] = "p" },
        });

        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        var values = await seen.Reader.ReadAllAsync(late.Token).Take(3).ToListAsync(late.Token);
        Assert.Equal([0, 50, 100], values.Order());
    }

    private static McpClientOptions OptionsFor(string revision) => new()
    {
        ProtocolVersion = revision,
        Handlers = new McpClientHandlers
        {
            ElicitationHandler = (asked, _) => ValueTask.FromResult(new ElicitResult
            {
                Action = "accept",
                Content = asked!.RequestedSchema!.Properties.Keys
                    .ToDictionary(k => k, _ => JsonSerializer.SerializeToElement("Bob")),
            }),
        },
    };

    private static string TextOf(CallToolResult result) =>
        string.Join('\n', result.Content.OfType<TextContentBlock>().Select(t => t.Text));
}
