namespace Smcp.Runtimes.Jails;

/// <summary>A program cannot run in a jail here; the message says why, and what to install or to change.</summary>
internal sealed class JailUnavailableException(string message) : Exception(message);
