namespace Smcp.Hosting;

/// <summary>What is stored has another version than was expected: nothing was changed.</summary>
public sealed class ServerDataConflictException(string message) : Exception(message);
