namespace Smcp.Wire;

/// <summary>What a library threw on another node: its words, and not its type.</summary>
internal sealed class ForeignException(string message) : Exception(message)
{
    public ForeignException()
        : this("A library failed on another node.")
    {
    }

    public static ForeignException Of(Exception exception) => new($"{exception.GetType().Name}: {exception.Message}");
}
