namespace Smcp.Protocol;

/// <summary>Why bytes are no message: the JSON-RPC error that says so, with the id where one could be read.</summary>
public sealed record JsonRpcFault(int Code, string Message, JsonRpcId Id = default);
