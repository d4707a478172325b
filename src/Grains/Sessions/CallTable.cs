using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Sessions;

/// <summary>The calls in flight, by our id and by the client's.</summary>
internal sealed class CallTable(SessionOptions options)
{
    private const int PrefixBytes = 16;

    private readonly Dictionary<CallId, SessionCall> _byId = [];
    private readonly Dictionary<JsonRpcId, SessionCall> _byClientId = [];
    private string? _prefix;
    private long _numbered;

    public int Count => _byId.Count;

    /// <summary>Those that turned to SSE.</summary>
    public IEnumerable<SessionCall> Streaming => _byId.Values.Where(call => call.Stream is not null);

    public IReadOnlyList<CallRow> Rows() => [.. Streaming.Select(call => call.ToRow())];

    /// <summary>A call that an earlier activation left in flight.</summary>
    public void Restore(CallRow row, SessionStream stream)
    {
        Add(new SessionCall(row.Id, row.ClientId, null) { Stream = stream, StreamCommitted = Task.CompletedTask });
        stream.Outstanding++;
    }

    /// <summary>Why no call with this id may begin now; null if one may.</summary>
    public McpFault? Refuse(JsonRpcId clientId)
    {
        if (_byId.Count >= options.CallsInFlightMax)
        {
            return new McpFault(FaultReason.LimitExceeded, "The session has too many calls in flight.");
        }

        return _byClientId.ContainsKey(clientId)
            ? new McpFault(FaultReason.InvalidRequest, "A request with this id is still in flight.")
            : null;
    }

    public SessionCall Begin(McpCall request, CallBatch? batch)
    {
        var call = new SessionCall(NextId(), request.Id, batch);
        batch?.Add(request, call);
        Add(call);
        return call;
    }

    public bool TryFind(CallId id, [NotNullWhen(true)] out SessionCall? call) => _byId.TryGetValue(id, out call);

    public bool TryFind(JsonRpcId clientId, [NotNullWhen(true)] out SessionCall? call) =>
        _byClientId.TryGetValue(clientId, out call);

    public void Remove(SessionCall call)
    {
        call.IsOver = true;
        if (_byId.Remove(call.Id))
        {
            _byClientId.Remove(call.ClientId);
        }
    }

    private void Add(SessionCall call)
    {
        _byId.Add(call.Id, call);
        _byClientId.Add(call.ClientId, call);
    }

    /// <summary>
    /// 128 random bits of this activation and a number: unguessable, and cheaper than random bits for each call.
    /// </summary>
    private CallId NextId()
    {
        _prefix ??= Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PrefixBytes));
        return CallId.Parse(string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{_prefix}-{++_numbered}"));
    }
}
