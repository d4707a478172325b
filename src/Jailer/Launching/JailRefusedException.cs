namespace Smcp.Jailer.Launching;

/// <summary>An order cannot be carried out; the message says why to whoever gave it.</summary>
internal sealed class JailRefusedException(string message) : Exception(message);
