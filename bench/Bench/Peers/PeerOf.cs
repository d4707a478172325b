using Smcp.Bench.Processes;

namespace Smcp.Bench.Peers;

/// <summary>Makes who is measured: calls of one tool of a server, with a credential or none.</summary>
internal delegate Peer PeerOf(string name, MeasuredServer server, Uri url, ToolCall call, string? credential);
