using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;

namespace Smcp.Runtimes.Upstream;

/// <summary>The server's end of one conversation by lines, in the hands of a test.</summary>
internal sealed class LineServer(Stream input, Stream output) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly StreamReader _reader = new(input, Encoding.UTF8);

    /// <summary>Both ends: the link's streams, and the server over the others.</summary>
    public static (Stream Input, Stream Output, LineServer Server) Create()
    {
        var toServer = new Pipe();
        var fromServer = new Pipe();
        return (
            fromServer.Reader.AsStream(),
            toServer.Writer.AsStream(),
            new LineServer(toServer.Reader.AsStream(), fromServer.Writer.AsStream()));
    }

    /// <summary>The next message; null once nothing more comes.</summary>
    public async Task<JsonNode?> NextAsync()
    {
        var line = await _reader.ReadLineAsync().WaitAsync(Patience, TimeProvider.System);
        return line is null ? null : JsonNode.Parse(line);
    }

    /// <summary>The next message of a method; others are passed over.</summary>
    public async Task<JsonNode> NextAsync(string method)
    {
        while (await NextAsync() is { } message)
        {
            if ((string?)message["method"] == method)
            {
                return message;
            }
        }

        throw new InvalidOperationException($"No {method} came.");
    }

    public async Task SendAsync(string line)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
        await output.FlushAsync();
    }

    public Task AnswerAsync(JsonNode request, string result) =>
        SendAsync($$"""{"jsonrpc":"2.0","id":{{request["id"]!.ToJsonString()}},"result":{{result}}}""");

    /// <summary>Answers <c>initialize</c> as a server of a revision with sessions does.</summary>
    public async Task<JsonNode> InitializeAsync(string capabilities = """{"tools":{},"logging":{}}""")
    {
        var initialize = await NextAsync("initialize");
        var revision = (string?)initialize["params"]!["protocolVersion"];
        await AnswerAsync(
            initialize,
            $$$"""
            {"protocolVersion":"{{{revision}}}","capabilities":{{{capabilities}}},
            "serverInfo":{"name":"lines","version":"1"}}
            """.ReplaceLineEndings(string.Empty));
        await NextAsync("notifications/initialized");
        return initialize;
    }

    public async ValueTask DisposeAsync()
    {
        await output.DisposeAsync();
        _reader.Dispose();
    }
}
