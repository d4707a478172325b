namespace Smcp.Hosting.Classes;

/// <summary>A class cannot be served: every reason, in one message.</summary>
public sealed class ServerClassException(string className, IReadOnlyList<string> problems)
    : Exception($"{className} cannot be served: {string.Join(" ", problems)}")
{
    public IReadOnlyList<string> Problems => problems;
}
