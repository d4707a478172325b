namespace Smcp.Protocol;

/// <summary>The error codes that reach a client. JSON-RPC 2.0 section 5.1 and the MCP specification.</summary>
public static class McpErrorCodes
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;

    /// <summary>A session id that is unknown or ended, beside HTTP 404 (as the official SDKs say it).</summary>
    public const int SessionNotFound = -32001;

    /// <summary>Before 2026-07-28 only; that revision says -32602.</summary>
    public const int ResourceNotFound = -32002;

    /// <summary>2025-11-25 only: the client must first visit a URL.</summary>
    public const int UrlElicitationRequired = -32042;

    /// <summary>2026-07-28: a header is missing or differs from the body.</summary>
    public const int HeaderMismatch = -32020;

    /// <summary>2026-07-28: the request needs a client capability that it does not declare.</summary>
    public const int MissingClientCapability = -32021;

    /// <summary>2026-07-28: the protocol version is not served.</summary>
    public const int UnsupportedVersion = -32022;
}
