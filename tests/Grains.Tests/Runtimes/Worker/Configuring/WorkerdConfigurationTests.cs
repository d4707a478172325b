using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Smcp.Runtimes.Worker.Configuring;

public sealed class WorkerdConfigurationTests
{
    private const string Echo =
        "export default { async fetch(request, env) { return Response.json(env); } };";

    /// <summary>Texts that end a string, a list or a file in one notation or another.</summary>
    private static readonly string[] HostileTexts =
    [
        "\"), (name = \"x\", service = \"internet\")",
        "\\", "\\\"", "'", "\n#", "\r\n\r\n", "]; const other :Workerd.Config = ();", "embed \"/etc/passwd\"",
        "${x}`", "</script>", "\u2028\u2029", "\ud83d\ude00 \u00e4", "\u0001\u001b[2J", "%s%n", "=unix:/tmp/x",
    ];

    [WorkerdFact]
    public async Task Text_ReachesTheWorkerAsItIs_WhateverItSays()
    {
        await using var running = await RunningWorkerd.StartAsync(
            Echo,
            null,
            [.. HostileTexts.Select((text, i) => new WorkerBinding($"M{i}", WorkerBindingKind.Text, text))]);

        var seen = JsonNode.Parse(await running.AskAsync())!.AsObject();

        Assert.Equal(HostileTexts, Enumerable.Range(0, HostileTexts.Length).Select(i => (string?)seen[$"M{i}"]));
        Assert.Equal(HostileTexts.Length, seen.Count);
    }

    [WorkerdFact]
    public async Task Module_IsImportedByItsName_WhateverItSays()
    {
        await using var running = new RunningWorkerd();
        const string Name = "a\"b'c\\d.mjs";
        running.Modules.AddRange(
        [
            new WorkerModule(
                "main.mjs", WorkerModuleKind.EsModule,
                Encoding.UTF8.GetBytes(
                    "import text from 'data.txt'; import json from './data.json';"
                    + "export default { fetch() { return Response.json({ text, json }); } };")),
            new WorkerModule("data.txt", WorkerModuleKind.Text, "\"), \0 (\u00e4"u8.ToArray()),
            new WorkerModule("data.json", WorkerModuleKind.Json, "{\"a\":[1]}"u8.ToArray()),
            new WorkerModule(Name, WorkerModuleKind.EsModule, "export const x = 1;"u8.ToArray()),
        ]);
        await running.StartAsync();

        var seen = JsonNode.Parse(await running.AskAsync())!;

        Assert.Equal("\"), \0 (\u00e4", (string?)seen["text"]);
        Assert.Equal(1, (int?)seen["json"]!["a"]![0]);
    }

    [WorkerdFact]
    public async Task Network_IsNotThere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var running = await RunningWorkerd.StartAsync(
            """
            export default { async fetch(request) {
              try { await fetch(await request.text()); return new Response("reached"); }
              catch (error) { return new Response("refused"); }
            } };
            """);

        Assert.Equal("refused", await running.AskAsync($"http://{listener.LocalEndpoint}/"));
        Assert.False(listener.Pending());
    }

    [Fact]
    public void Text_WithAZero_IsRefused() => Assert.Throws<ArgumentException>(
        () => new CapnpMessage().Root(new CapnpLayout(0, 1)).Text(0, "a\0b"));

    [Fact]
    public void Text_ThatIsNotWellFormed_IsRefused() => Assert.ThrowsAny<ArgumentException>(
        () => new CapnpMessage().Root(new CapnpLayout(0, 1)).Text(0, "\ud83d"));
}
