using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// A call of a client at work in a server: what the server says of it goes to its output, as its client must get it.
/// </summary>
internal sealed class UpstreamCall : IUpstreamExchange
{
    private readonly RuntimeCall _call;
    private readonly UpstreamCalls _calls;
    private readonly ReadOnlyMemory<byte> _clientToken;
    private readonly Lock _gate = new();
    private readonly int _logRankMin;
    private TaskCompletionSource? _released;
    private ValueTask _emitting;
    private int _holds;
    private bool _closing;

    public UpstreamCall(UpstreamCalls calls, UpstreamClient client, RuntimeCall call, long token)
    {
        _calls = calls;
        _call = call;
        Client = client;
        Token = token;
        Meta = UpstreamJson.Member(call.Call.Params, "_meta"u8);
        _clientToken = UpstreamJson.Member(Meta, "progressToken"u8);
        LogLevel = client.Revision.UsesSessions
            ? client.LogLevel
            : JsonText.Unescape(UpstreamJson.Member(Meta, "io.modelcontextprotocol/logLevel"u8).Span);
        _logRankMin = McpLogLevel.TryRank(LogLevel, out var rank) ? rank
            : client.Revision.UsesSessions ? 0 : int.MaxValue;
    }

    public UpstreamClient Client { get; }

    /// <summary>Whose call it is, as of now.</summary>
    public CallContext Caller => _call.Caller;

    /// <summary>Names it to the server: its progress token.</summary>
    public long Token { get; }

    public string Method => _call.Call.Method;

    public ReadOnlyMemory<byte> Params => _call.Call.Params;

    /// <summary>The raw <c>_meta</c> of its client; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Meta { get; }

    /// <summary>The least severe log message that its client wants; null where it did not say.</summary>
    public string? LogLevel { get; }

    /// <summary>Whether its client wants to hear of its progress.</summary>
    public bool WantsProgress => !_clientToken.IsEmpty;

    /// <summary>Whether its server may ask its client at all.</summary>
    public bool Asks => !_calls.IsShared;

    /// <summary>Whether a client of any revision can be asked in the middle of it.</summary>
    public bool CanAsk => InputRequired.Allows(Method);

    /// <inheritdoc/>
    public ValueTask NotifiedAsync(McpFrame notification)
    {
        switch (notification.Method)
        {
            case McpMethods.Progress when UpstreamCalls.TokenOf(notification) != Token:
                return _calls.NotifiedAsync(notification);
            case McpMethods.Progress:
                return WantsProgress
                    ? EmitAsync(notification with
                    {
                        Body = UpstreamJson.With(notification.Body, new JsonEdit("progressToken", _clientToken)),
                    })
                    : ValueTask.CompletedTask;
            case McpMethods.Message:
                return WantsLog(notification) ? EmitAsync(notification) : ValueTask.CompletedTask;
            default:
                return _calls.NotifiedAsync(notification);
        }
    }

    /// <inheritdoc/>
    public ValueTask<McpReply> AskedAsync(InputRequest question, CancellationToken cancellationToken) =>
        _calls.IsShared
            ? new(UpstreamCalls.NobodyToAsk)
            : _call.Output.AskAsync(UpstreamShape.Question(question, Client.Revision), cancellationToken);

    /// <summary>
    /// Keeps it open for a question that is asked by it but may not be its own. False when it is about to end.
    /// </summary>
    public bool TryHold()
    {
        lock (_gate)
        {
            _holds += _closing ? 0 : 1;
            return !_closing;
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            if (--_holds == 0)
            {
                _released?.TrySetResult();
            }
        }
    }

    /// <summary>Its answer is here: waits for the questions that keep it open.</summary>
    public Task CloseAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _closing = true;
            if (_holds == 0)
            {
                return Task.CompletedTask;
            }

            _released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _released.Task.WaitAsync(cancellationToken);
        }
    }

    private bool WantsLog(McpFrame notification) =>
        !McpLogLevel.TryRank(RawJson.Parse(notification.Body)?.Text("level"), out var rank) || rank >= _logRankMin;

    /// <summary>
    /// A client that reads slowly slows its server; where others share that server, it loses what it does not read.
    /// </summary>
    private ValueTask EmitAsync(McpFrame frame)
    {
        if (!_calls.IsShared)
        {
            return _call.Output.EmitAsync(frame, CancellationToken.None);
        }

        lock (_gate)
        {
            if (_emitting.IsCompleted)
            {
                _emitting = _call.Output.EmitAsync(frame, CancellationToken.None).Preserve();
            }
        }

        return ValueTask.CompletedTask;
    }
}
