namespace Smcp.Engine;

/// <summary>The grain could not be activated: the call did not run.</summary>
internal sealed class GrainActivationException(string message, Exception? innerException)
    : Exception(message, innerException)
{
    public GrainActivationException()
        : this("The grain could not be activated.", null)
    {
    }
}
