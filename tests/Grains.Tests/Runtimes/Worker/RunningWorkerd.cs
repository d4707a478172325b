using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Runtimes.Worker.Bindings;
using Smcp.Runtimes.Worker.Configuring;
using ChildProcess = System.Diagnostics.Process;

namespace Smcp.Runtimes.Worker;

/// <summary>A real workerd with one worker, in no jail, and the bindings that it reaches.</summary>
internal sealed class RunningWorkerd : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-w").FullName;
    private readonly StringBuilder _said = new();
    private BindingServer? _bindings;
    private ChildProcess? _process;
    private HttpClient? _client;

    public WorkerRuntimeOptions Options { get; } = new();

    public List<WorkerBinding> Members { get; } = [];

    public List<WorkerModule> Modules { get; } = [];

    public SubrequestBudget Budget { get; set; } = new(10_000);

    public HttpClient Client => _client!;

    public string SocketPath => Path.Combine(_folder, "w.sock");

    /// <summary>What it wrote: a worker that cannot start says why.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>A worker of one module, over the data of a server.</summary>
    public static async Task<RunningWorkerd> StartAsync(
        string source, ServerData? data = null, params WorkerBinding[] members)
    {
        var running = new RunningWorkerd();
        running.Modules.Add(new WorkerModule("main.mjs", WorkerModuleKind.EsModule, Encoding.UTF8.GetBytes(source)));
        running.Members.AddRange(members);
        await running.StartAsync(data);
        return running;
    }

    public async Task StartAsync(ServerData? data = null)
    {
        var bindingsAt = Path.Combine(_folder, "b.sock");
        if (data is not null)
        {
            _bindings = new BindingServer(
                Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System, NullLoggerFactory.Instance);
            await _bindings.ServeAsync(
                WorkerSockets.Listen(bindingsAt), new BindingTarget(data, Members, Budget, Options));
        }

        await BeginAsync(WorkerdConfiguration.Write(new WorkerdSettings
        {
            Modules = Modules,
            Library = WorkerModules.Library,
            CompatibilityDate = "2026-08-01",
            CompatibilityFlags = ["enable_request_signal"],
            Bindings = Members,
            BindingsAt = data is null ? null : bindingsAt,
            HeapMebibytes = 64,
        }));
        _client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancelled) => await WorkerSockets.ConnectAsync(SocketPath, cancelled),
        })
        {
            BaseAddress = new Uri("http://worker"),
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>What the worker answers to a POST of this text, as a text.</summary>
    public async Task<string> AskAsync(string body = "")
    {
        using var answer = await Client.PostAsync("/", new StringContent(body));
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>A JSON-RPC request of revision 2026-07-28.</summary>
    public async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        parameters["_meta"] ??= new JsonObject();
        parameters["_meta"]!["io.modelcontextprotocol/protocolVersion"] = "2026-07-28";
        parameters["_meta"]!["io.modelcontextprotocol/clientCapabilities"] = new JsonObject();
        var request = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = method,
            ["params"] = parameters,
        };
        using var answer = await Client.PostAsync("/", JsonContent.Create(request));
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        if (_bindings is not null)
        {
            await _bindings.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task BeginAsync(byte[] configuration)
    {
        var start = new ProcessStartInfo(
            WorkerdProgram.Find(Options)!,
            ["serve", "--binary", "-", "--control-fd=1", $"--socket-addr=http=unix:{SocketPath}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = ChildProcess.Start(start)!;
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => Hear(line.Data, listens);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, null);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await _process.StandardInput.BaseStream.WriteAsync(configuration);
        _process.StandardInput.Close();
        await Task.WhenAny(listens.Task, _process.WaitForExitAsync());
        Assert.True(listens.Task.IsCompleted, $"workerd did not start: {Said}");
    }

    private void Hear(string? line, TaskCompletionSource? listens)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }

        if (line?.Contains("\"listen\"", StringComparison.Ordinal) == true)
        {
            listens?.TrySetResult();
        }
    }
}
