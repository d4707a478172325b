namespace Smcp.Engine;

/// <summary>The grain could not be reached or activated: the call did not run.</summary>
internal sealed class GrainUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
