namespace Smcp.Protocol;

/// <summary>What a JSON-RPC message is (JSON-RPC 2.0 sections 4 and 5).</summary>
public enum JsonRpcKind
{
    /// <summary>A method with an id: an answer is owed.</summary>
    Request = 0,

    /// <summary>A method without id.</summary>
    Notification = 1,

    /// <summary>An id with a result or an error.</summary>
    Response = 2,
}
