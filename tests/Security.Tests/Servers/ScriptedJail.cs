using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.Runtimes.Jails;

namespace Smcp.Servers;

/// <summary>A jail in which a program seems to run: an MCP server over lines, in this process.</summary>
internal sealed class ScriptedJail : IJailedProcess
{
    private readonly Pipe _input = new();
    private readonly Pipe _output = new();
    private readonly TaskCompletionSource<JailExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="properties">What the schema of its tool says of the arguments, in JSON.</param>
    public ScriptedJail(string properties) => _ = ServeAsync(properties);

    /// <summary>The processor time that it seems to take.</summary>
    public TimeSpan Cpu { get; set; }

    public Stream Input => _input.Writer.AsStream();

    public Stream Output => _output.Reader.AsStream();

    public bool HasClosedOutput => Exited.IsCompleted;

    public Stream Error => Stream.Null;

    public IReadOnlyList<Socket> Listeners => [];

    public Task<JailExit> Exited => _exited.Task;

    public Task<JailUsage?> MeasureAsync(CancellationToken cancellationToken) =>
        Task.FromResult<JailUsage?>(Exited.IsCompleted ? null : new JailUsage(Cpu, 0));

    public Task BoundCpuAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask KillAsync()
    {
        await _output.Writer.CompleteAsync();
        _exited.TrySetResult(new JailExit(137, JailExitReason.Ended) { Cpu = Cpu, IsOurs = true });
    }

    public ValueTask DisposeAsync() => KillAsync();

    private async Task ServeAsync(string properties)
    {
        using var lines = new StreamReader(_input.Reader.AsStream(), Encoding.UTF8);
        while (await lines.ReadLineAsync() is { } line)
        {
            var asked = JsonNode.Parse(line)!;
            if (asked["id"] is not { } id)
            {
                continue;
            }

            var answer = (string?)asked["method"] switch
            {
                "initialize" => """
                    "result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},
                    "serverInfo":{"name":"s","version":"1"}}
                    """,
                "tools/list" => $$$"""
                    "result":{"tools":[{"name":"work","inputSchema":{"type":"object","properties":{{{properties}}}}}]}
                    """,
                "tools/call" => """
                    "result":{"content":[{"type":"text","text":"done"}]}
                    """,
                _ => """
                    "error":{"code":-32601,"message":"no"}
                    """,
            };
            var message = JsonNode.Parse($$"""{"jsonrpc":"2.0","id":{{id.ToJsonString()}},{{answer}}}""")!;
            await _output.Writer.WriteAsync(Encoding.UTF8.GetBytes(message.ToJsonString() + "\n"));
        }
    }
}
