using System.Net.Http.Headers;
using System.Text;
using Smcp.EndToEnd.Crash;

namespace Smcp.EndToEnd.Serving;

/// <summary>Ctrl-C ends what is open in good order.</summary>
public sealed class StopTests
{
    private const string Initialize =
        """
        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},
        "clientInfo":{"name":"stop","version":"1"}}}
        """;

    [Fact]
    public async Task Interrupt_EndsOpenStreams_AndTheProcess()
    {
        using var data = new DataFolder();
        await using var smcp = await Standalone.StartAsync(data.Path);
        using var http = new HttpClient();
        using var stream = await OpenStreamAsync(http, smcp.Endpoint("echo"));
        await using var events = await stream.Content.ReadAsStreamAsync();
        using var seen = new MemoryStream();
        var end = events.CopyToAsync(seen);

        var run = await smcp.StopAsync(TimeSpan.FromSeconds(30));

        Assert.True(run.ExitCode == 0, run.Said);
        await end.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Interrupt_AnswersTheCallThatRuns_OnItsStream()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        using var data = new DataFolder();
        using var client = new McpWire();
        var primed = new TaskCompletionSource<string>();
        await using (var smcp = await Standalone.StartAsync(data.Path, ["--Smcp:Instances:DrainTimeout=00:00:01"]))
        {
            var endpoint = smcp.Endpoint("everything");
            await client.OpenAsync(endpoint, deadline.Token);
            var call = ReadAsync(client, endpoint, primed, deadline.Token);
            await primed.Task.WaitAsync(deadline.Token);

            var run = await smcp.StopAsync(TimeSpan.FromSeconds(30));

            Assert.True(run.ExitCode == 0, run.Said);
            Assert.DoesNotContain("warn:", run.Said, StringComparison.Ordinal);
            await call;
        }

        await using var next = await Standalone.StartAsync(data.Path);
        SseEvent? last = null;
        await foreach (var seen in client.ResumeAsync(next.Endpoint("everything"), await primed.Task, deadline.Token))
        {
            last = seen;
        }

        Assert.Equal(-32603, (int?)last?.Message?["error"]?["code"]);
        Assert.Contains("stopped", (string?)last?.Message?["error"]?["message"], StringComparison.Ordinal);
    }

    /// <summary>A call that runs for a minute, until its stream ends.</summary>
    private static async Task ReadAsync(
        McpWire client, Uri endpoint, TaskCompletionSource<string> primed, CancellationToken cancellationToken)
    {
        var call = client.StreamAsync(
            endpoint, "tools/call", """{"name":"test_cancellation","arguments":{"seconds":60}}""", cancellationToken);
        await foreach (var seen in call)
        {
            primed.TrySetResult(seen.Id!);
        }
    }

    private static async Task<HttpResponseMessage> OpenStreamAsync(HttpClient http, Uri endpoint)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(Initialize, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        post.Headers.Add("Accept", "application/json, text/event-stream");
        using var initialized = await http.SendAsync(post);
        initialized.EnsureSuccessStatusCode();

        using var get = new HttpRequestMessage(HttpMethod.Get, endpoint);
        get.Headers.Add("Accept", "text/event-stream");
        get.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        get.Headers.Add("Mcp-Session-Id", initialized.Headers.GetValues("Mcp-Session-Id"));
        var stream = await http.SendAsync(get, HttpCompletionOption.ResponseHeadersRead);
        return stream.EnsureSuccessStatusCode();
    }
}
