namespace Smcp.EndToEnd.Crash;

/// <summary>The server says that the fault is the client's: the session or the stream is unknown to it.</summary>
internal sealed class RefusedException(string said) : Exception(said);
