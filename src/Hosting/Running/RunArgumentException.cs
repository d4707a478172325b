namespace Smcp.Hosting.Running;

/// <summary>The command line cannot be followed; the message says why.</summary>
internal sealed class RunArgumentException(string message) : Exception(message);
