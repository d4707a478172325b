namespace Smcp.Runtimes.OpenApi.Calling;

/// <summary>An argument that cannot be written into a request, and why, in words for the model that gave it.</summary>
internal sealed class ArgumentTextException(string argument, string what) : Exception($"'{argument}' {what}.");
