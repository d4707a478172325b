using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting.Classes;
using Smcp.Hosting.State;

namespace Smcp.Hosting.Running;

/// <summary>One instance of a server under the SDK's own session, for one client: stdio, and tests.</summary>
internal sealed class SdkSession : IInstanceHost, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, bool> _subscribed = new(StringComparer.Ordinal);
    private readonly InstanceData _data;
    private ServerInstance? _instance;
    private McpServer? _server;

    private SdkSession(InstanceData data) => _data = data;

    public IServerStateStore StateStore => _data.States;

    public IServerSecrets Secrets => _data.Secrets;

    public IServerKeyValues KeyValues => _data.KeyValues;

    public IServerObjects Objects => _data.Objects;

    /// <summary>Ends when the client goes.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    public static async Task<SdkSession> StartAsync(
        ServerClass served,
        ITransport transport,
        InstanceData data,
        ILoggerFactory loggerFactory,
        CancellationToken cancellationToken)
    {
        var session = new SdkSession(data);
        session._instance = await served.StartInstanceAsync(session, cancellationToken);
        var options = SdkOptions.Of(session._instance, session._subscribed);
        session._server = McpServer.Create(transport, options, loggerFactory, session._instance.Services);
        session.Completion = session._server.RunAsync(cancellationToken);
        return session;
    }

    public void ResourceUpdated(string uri)
    {
        if (_subscribed.ContainsKey(uri))
        {
            _ = _server?.SendNotificationAsync(
                NotificationMethods.ResourceUpdatedNotification, new ResourceUpdatedNotificationParams { Uri = uri });
        }
    }

    public void ListChanged(ChangedList list) => _ = _server?.SendNotificationAsync(list switch
    {
        ChangedList.Tools => NotificationMethods.ToolListChangedNotification,
        ChangedList.Prompts => NotificationMethods.PromptListChangedNotification,
        _ => NotificationMethods.ResourceListChangedNotification,
    });

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_instance is not null)
        {
            await _instance.DisposeAsync();
        }
    }
}
