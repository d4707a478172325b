using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine.Calls;
using Smcp.Engine.Faults;
using Smcp.Storage;

namespace Smcp.Engine;

/// <summary>What every activation of an engine shares.</summary>
internal sealed partial class EngineServices(
    IOptions<EmbeddedOptions> options,
    Chaos chaos,
    TimeProvider time,
    IGrainStorage states,
    ILogStorage logs,
    IStreamHub streams,
    IServiceProvider provider,
    ILogger<EmbeddedEngine> logger)
{
    public EmbeddedOptions Options { get; } = options.Value;

    public TimeProvider Time => time;

    public IGrainStorage States => states;

    public ILogStorage Logs => logs;

    public IStreamHub Streams => streams;

    public IServiceProvider Provider => provider;

    public CoarseClock Clock { get; } = new(time);

    public PendingCalls Pending { get; } = new(time, options.Value.ResponseTimeout);

    /// <summary>Under test, the form that messages are sent through; in production none.</summary>
    public IWireForm? Wire { get; } = chaos.SendsWireForm ? new WireForm() : null;

    /// <summary>Under test, the faults that activations meet; in production none.</summary>
    public Chaos? Chaos { get; } = chaos.MeetsActivations ? chaos : null;
}
