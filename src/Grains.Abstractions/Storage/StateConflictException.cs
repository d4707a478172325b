namespace Smcp.Storage;

/// <summary>A write met another version than it expected: the writer is stale.</summary>
public sealed class StateConflictException(string message) : Exception(message)
{
    public StateConflictException()
        : this("The stored version is not the expected one.")
    {
    }
}
