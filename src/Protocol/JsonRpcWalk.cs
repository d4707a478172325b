using System.Text;
using System.Text.Json;

namespace Smcp.Protocol;

/// <summary>
/// One pass over the bytes of a body. JSON that is not JSON leaves it as <see cref="JsonException"/>.
/// </summary>
internal ref struct JsonRpcWalk(ReadOnlySpan<byte> body, JsonRpcLimits limits, Span<KeyLedger.Entry> slots)
{
    /// <summary>No client needs a longer id, and each stands in every table on its way.</summary>
    private const int IdBytesMax = 256;

    private readonly ReadOnlySpan<byte> _body = body;
    private readonly int _depthMax = limits.DepthMax;
    private Utf8JsonReader _reader = new(body, new JsonReaderOptions { MaxDepth = limits.DepthMax + 1 });
    private KeyLedger _keys = new(body, slots);
    private int _objects;
    private (int Code, string Text)? _problem;

    /// <summary>Why the walk ended early, where that was not the JSON's fault.</summary>
    public JsonRpcFault? Stopped { get; private set; }

    public JsonTokenType Next()
    {
        // Only a second value after the first makes Read return false here; an early end throws.
        if (!_reader.Read())
        {
            throw new JsonException("No value.", null, 0, 0);
        }

        return _reader.TokenType;
    }

    /// <summary>Nothing may follow the value: the reader throws if something does.</summary>
    public void End() => _reader.Read();

    public void Dispose() => _keys.Dispose();

    /// <summary>Reads the message that the reader stands at the beginning of, to its end.</summary>
    public JsonRpcFault? Message(out JsonRpcMessage message)
    {
        message = default;
        _problem = null;
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            Value();
            return new JsonRpcFault(McpErrorCodes.InvalidRequest, "A message is a JSON object.");
        }

        var parts = default(Envelope);
        var owner = Enter();
        while (Next() != JsonTokenType.EndObject)
        {
            Key(owner);
            Member(ref parts);
        }

        Judge(in parts, out message);
        return _problem is { } problem ? new JsonRpcFault(problem.Code, problem.Text, parts.Id) : null;
    }

    private void Member(ref Envelope parts)
    {
        if (_reader.ValueTextEquals("jsonrpc"u8))
        {
            Next();
            parts.IsVersion2 = _reader.TokenType == JsonTokenType.String && _reader.ValueTextEquals("2.0"u8);
            Value();
        }
        else if (_reader.ValueTextEquals("id"u8))
        {
            Next();
            var id = ReadId();
            // Which of two is meant nobody can say: the error has none (JSON-RPC 2.0 section 5).
            parts.Id = parts.HasId ? default : id;
            parts.HasId = true;
        }
        else if (_reader.ValueTextEquals("method"u8))
        {
            Next();
            parts.HasMethod = true;
            Text();
            parts.Method = _reader.TokenType == JsonTokenType.String ? WireNames.Method(in _reader) : null;
            Value();
        }
        else if (_reader.ValueTextEquals("params"u8))
        {
            Next();
            parts.Params = _reader.TokenType == JsonTokenType.StartObject ? Params(ref parts.Peek) : WrongParams();
        }
        else if (_reader.ValueTextEquals("result"u8))
        {
            parts.Result = ObjectValue("A result is an object.");
        }
        else if (_reader.ValueTextEquals("error"u8))
        {
            parts.Error = ObjectValue("An error is an object.");
        }
        else
        {
            Next();
            Value();
        }
    }

    private void Judge(in Envelope parts, out JsonRpcMessage message)
    {
        var answers = !parts.Result.IsEmpty || !parts.Error.IsEmpty;
        if (!parts.IsVersion2)
        {
            Problem("A message says \"jsonrpc\": \"2.0\".");
        }
        else if (parts.HasMethod && string.IsNullOrEmpty(parts.Method))
        {
            Problem("A method is a text.");
        }
        else if (parts.HasMethod == answers)
        {
            Problem("A message has either a method or a result or error.");
        }
        else if (!parts.Result.IsEmpty && !parts.Error.IsEmpty)
        {
            Problem("A response has a result or an error, not both.");
        }
        else if (answers && !parts.HasId)
        {
            Problem("A response has the id of its request.");
        }

        message = new JsonRpcMessage
        {
            Kind = answers ? JsonRpcKind.Response : parts.HasId ? JsonRpcKind.Request : JsonRpcKind.Notification,
            Method = parts.Method ?? string.Empty,
            Id = parts.Id,
            Params = parts.Params,
            Outcome = parts.Error.IsEmpty ? parts.Result : parts.Error,
            IsError = !parts.Error.IsEmpty,
            Peek = parts.Peek,
        };
    }

    private JsonRpcId ReadId()
    {
        var token = Value().Of(_body);
        var whole = _reader.TokenType == JsonTokenType.Number && !token.ContainsAny(".eE"u8);
        if ((!whole && _reader.TokenType != JsonTokenType.String) || token.Length > IdBytesMax)
        {
            Problem($"An id is a text or a whole number of at most {IdBytesMax} bytes.");
            return default;
        }

        return new JsonRpcId(Encoding.UTF8.GetString(token));
    }

    private JsonSlice ObjectValue(string otherwise)
    {
        if (Next() != JsonTokenType.StartObject)
        {
            Problem(otherwise);
        }

        return Value();
    }

    private JsonSlice WrongParams()
    {
        Problem("params is an object.", McpErrorCodes.InvalidParams);
        Value();
        return default;
    }

    private JsonSlice Params(ref McpParamsPeek peek)
    {
        var start = (int)_reader.TokenStartIndex;
        var owner = Enter();
        while (Next() != JsonTokenType.EndObject)
        {
            Key(owner);
            if (_reader.ValueTextEquals("_meta"u8))
            {
                Meta(ref peek);
            }
            else if (_reader.ValueTextEquals("arguments"u8))
            {
                peek = peek with { Arguments = NextValue() };
            }
            else if (_reader.ValueTextEquals("name"u8))
            {
                peek = peek with { Name = NextValue() };
            }
            else if (_reader.ValueTextEquals("uri"u8))
            {
                peek = peek with { Uri = NextValue() };
            }
            else if (_reader.ValueTextEquals("taskId"u8))
            {
                peek = peek with { TaskId = NextValue() };
            }
            else if (_reader.ValueTextEquals("protocolVersion"u8))
            {
                peek = peek with { ProtocolVersion = NextValue() };
            }
            else
            {
                NextValue();
            }
        }

        return SliceFrom(start);
    }

    private void Meta(ref McpParamsPeek peek)
    {
        if (Next() != JsonTokenType.StartObject)
        {
            Problem("_meta is an object.", McpErrorCodes.InvalidParams);
            Value();
            return;
        }

        peek = peek with { HasMeta = true };
        var owner = Enter();
        while (Next() != JsonTokenType.EndObject)
        {
            Key(owner);
            if (_reader.ValueTextEquals(McpMetaKeys.ProtocolVersion))
            {
                var kind = NextKind();
                peek = peek with
                {
                    MetaVersionKind = kind,
                    MetaVersion = kind == JsonValueKind.String ? WireNames.Version(in _reader) : null,
                };
            }
            else if (_reader.ValueTextEquals(McpMetaKeys.ClientCapabilities))
            {
                peek = peek with { ClientCapabilitiesKind = NextKind() };
            }
            else if (_reader.ValueTextEquals(McpMetaKeys.TraceParent))
            {
                peek = peek with { TraceParent = NextKind() == JsonValueKind.String ? _reader.GetString() : null };
            }
            else if (_reader.ValueTextEquals(McpMetaKeys.TraceState))
            {
                peek = peek with { TraceState = NextKind() == JsonValueKind.String ? _reader.GetString() : null };
            }
            else
            {
                Next();
            }

            Value();
        }
    }

    private JsonValueKind NextKind()
    {
        var type = Next();
        Text();
        return type switch
        {
            JsonTokenType.StartObject => JsonValueKind.Object,
            JsonTokenType.StartArray => JsonValueKind.Array,
            JsonTokenType.String => JsonValueKind.String,
            JsonTokenType.Number => JsonValueKind.Number,
            JsonTokenType.True => JsonValueKind.True,
            JsonTokenType.False => JsonValueKind.False,
            _ => JsonValueKind.Null,
        };
    }

    private JsonSlice NextValue()
    {
        Next();
        return Value();
    }

    /// <summary>
    /// Passes over the value that the reader stands at the beginning of, and checks it. Leaves it at its end.
    /// </summary>
    private JsonSlice Value()
    {
        var start = (int)_reader.TokenStartIndex;
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var owner = Enter();
                while (Next() != JsonTokenType.EndObject)
                {
                    Key(owner);
                    NextValue();
                }

                break;
            case JsonTokenType.StartArray:
                CheckDepth();
                while (Next() != JsonTokenType.EndArray)
                {
                    Value();
                }

                break;
            case JsonTokenType.String:
                Text();
                break;
        }

        return SliceFrom(start);
    }

    private readonly JsonSlice SliceFrom(int start) => new(start, (int)_reader.BytesConsumed - start);

    private int Enter()
    {
        CheckDepth();
        return ++_objects;
    }

    private void CheckDepth()
    {
        if (_reader.CurrentDepth >= _depthMax)
        {
            Stop(McpErrorCodes.InvalidRequest, $"The body is nested deeper than {_depthMax} levels.");
        }
    }

    private void Key(int owner)
    {
        Text();
        if (!_keys.Add(owner, in _reader))
        {
            Problem("A key stands twice in one object.");
        }
    }

    private void Text()
    {
        if (_reader.ValueIsEscaped && JsonText.HasLoneSurrogate(_reader.ValueSpan))
        {
            Stop(McpErrorCodes.ParseError, "A text holds half of a surrogate pair.");
        }
    }

    private void Problem(string text, int code = McpErrorCodes.InvalidRequest) => _problem ??= (code, text);

    private void Stop(int code, string text)
    {
        Stopped = new JsonRpcFault(code, text);
        throw new JsonException();
    }

    private ref struct Envelope
    {
        public bool IsVersion2;
        public bool HasId;
        public JsonRpcId Id;
        public bool HasMethod;
        public string? Method;
        public JsonSlice Params;
        public JsonSlice Result;
        public JsonSlice Error;
        public McpParamsPeek Peek;
    }
}
