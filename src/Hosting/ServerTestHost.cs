using System.IO.Pipelines;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting.Classes;
using Smcp.Hosting.Data;
using Smcp.Hosting.Running;
using Smcp.Hosting.Secrets;
using Smcp.Hosting.State;

namespace Smcp.Hosting;

/// <summary>A server in memory with a client connected to it: for an author's tests.</summary>
public sealed class ServerTestHost : IAsyncDisposable
{
    private readonly InstanceData _data;
    private readonly ServerTestSetup _setup;
    private readonly ServerClass _served;
    private SdkSession? _session;
    private McpClient? _client;

    private ServerTestHost(ServerClass served, ServerTestSetup setup)
    {
        _served = served;
        _setup = setup;
        var states = new MemoryStateStore();
        _data = new InstanceData(
            states,
            new GivenSecrets(setup.Secrets),
            new StateKeyValues(states, setup.Time),
            new StateObjects(states, setup.Time));
    }

    /// <summary>The client. After <see cref="RestartAsync"/> another one.</summary>
    public McpClient Client => _client!;

    /// <summary>Starts a server of this class and connects to it.</summary>
    public static async Task<ServerTestHost> StartAsync<TServer>(
        ServerTestSetup? setup = null, CancellationToken cancellationToken = default)
    {
        setup ??= new ServerTestSetup();
        var served = ServerClass.Load(typeof(TServer), setup.LoggerFactory, setup.Time, setup.ConfigureServices);
        var host = new ServerTestHost(served, setup);
        try
        {
            await host.ConnectAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the instance and starts another: only what it made durable is left.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await DisconnectAsync();
        await ConnectAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        await _served.DisposeAsync();
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var toServer = new Pipe();
        var toClient = new Pipe();
        var transport = new StreamServerTransport(
            toServer.Reader.AsStream(), toClient.Writer.AsStream(), _served.Info.Name, _setup.LoggerFactory);
        _session = await SdkSession.StartAsync(
            _served, transport, _data, _setup.LoggerFactory, CancellationToken.None);
        _client = await McpClient.CreateAsync(
            new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream(), _setup.LoggerFactory),
            _setup.Client,
            _setup.LoggerFactory,
            cancellationToken);
    }

    private async Task DisconnectAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
            _client = null;
        }

        if (_session is not null)
        {
            await _session.DisposeAsync();
            _session = null;
        }
    }
}
