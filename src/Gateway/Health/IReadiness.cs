namespace Smcp.Health;

/// <summary>One reason why a node may not be ready for requests. A host has as many as it needs.</summary>
public interface IReadiness
{
    /// <summary>A few words for the operator, that tell a stranger nothing; null while the node is ready.</summary>
    string? Problem { get; }
}
