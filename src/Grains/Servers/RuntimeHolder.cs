using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Runtimes;
using Smcp.Servers.Deploying.Manifests;

namespace Smcp.Servers;

/// <summary>
/// The instance's one runtime: started by the first call that needs it, shared by all that arrive meanwhile, and
/// started afresh after it ended.
/// </summary>
internal sealed partial class RuntimeHolder(
    IActivationContext activation,
    RuntimeKinds kinds,
    InstanceOptions options,
    ILogger logger)
{
    private readonly InstanceKey _key = InstanceKey.Parse(activation.Key);
    private Task<McpFault?>? _starting;

    /// <summary>The runtime, when it runs.</summary>
    public IServerRuntime? Current { get; private set; }

    /// <summary>Whether a start is under way.</summary>
    public bool IsStarting => _starting is { IsCompleted: false };

    /// <summary>Whether the last start failed, and not because it may not be.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The definition that <see cref="Current"/> was started from.</summary>
    public ServerDefinition? Definition { get; private set; }

    /// <summary>How long a call may take, where its deployer allows it less than everybody has; else null.</summary>
    public TimeSpan? CallTime =>
        Definition?.Deployed?.Settings.Limits.CallTime is { } time && time < options.CallDeadline ? time : null;

    /// <summary>The form of its answers.</summary>
    public ResultShape? Shape { get; private set; }

    /// <summary>What lets only through what was approved; null for a server that is not pinned.</summary>
    public ManifestGuard? Guard { get; private set; }

    /// <summary>Whether the server still offers what was approved.</summary>
    public DriftCheck Drift { get; } = kinds.Manifests.CheckOf(activation, InstanceKey.Parse(activation.Key));

    /// <summary>Makes <see cref="Current"/> run. Null when it does; else why it cannot.</summary>
    /// <param name="context">Who asks.</param>
    /// <param name="events">Where the runtime is to speak, if this call starts it.</param>
    /// <param name="begun">Whether this call starts it; else it waits for another's start.</param>
    public Task<McpFault?> StartAsync(CallContext context, IRuntimeEvents events, out bool begun)
    {
        begun = _starting is null || _starting.IsCompleted;
        _starting = begun ? StartOnceAsync(context, events) : _starting;
        return _starting!;
    }

    /// <summary>Lets go of the runtime and ends it, without giving its server time.</summary>
    public Task KillAsync()
    {
        (Current as IKillableRuntime)?.Kill();
        return StopAsync();
    }

    /// <summary>Lets go of the runtime and ends it.</summary>
    public async Task StopAsync()
    {
        if (Current is { } runtime)
        {
            Current = null;
            try
            {
                await runtime.DisposeAsync();
            }
            catch (Exception exception)
            {
                // The runtime is let go of either way; a fresh one does not depend on how the old one ended.
                LogStopFailed(exception, activation.Key);
            }
        }
    }

    private async Task<McpFault?> StartOnceAsync(CallContext context, IRuntimeEvents events)
    {
        using var deadline = new CancellationTokenSource(options.StartDeadline, activation.Time);
        HasFailed = false;
        try
        {
            var server = activation.Grains.Locate<IServerGrain>(new ServerKey(_key.Tenant, _key.Server).ToString());
            var lookup = _key.Version is { } version
                ? await server.DescribeVersionAsync(context, version, _key.IsForManifest, deadline.Token)
                : await server.DescribeAsync(context, deadline.Token);
            if (lookup.Definition is not { } definition || lookup.Held is not null)
            {
                return lookup.Held ?? lookup.Fault;
            }

            if (!kinds.Has(definition.Runtime))
            {
                // The next call may find a node that can.
                activation.Deactivate();
                return new McpFault(
                    FaultReason.Unavailable, "Servers of this kind cannot be run here; nothing was run.");
            }

            Guard = await kinds.Manifests.GuardOfAsync(_key, definition, deadline.Token);
            Drift.Reset();
            Current = await kinds.StartAsync(_key, definition, events, deadline.Token);
            Definition = definition;
            Shape = new ResultShape(definition, () => Current?.TaskTools.Count > 0);
            LogStarted(activation.Key, definition.Runtime);
            return null;
        }
        catch (Exception exception)
        {
            HasFailed = true;
            LogStartFailed(exception, activation.Key);
            return new McpFault(FaultReason.Unavailable, "The server did not start.");
        }
    }
}
