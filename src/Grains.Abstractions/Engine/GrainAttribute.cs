namespace Smcp.Engine;

/// <summary>
/// Marks a grain interface and declares its grain type: the name that keys, storage and the cluster know it by,
/// whatever the interface or class is called. Every method returns <see cref="Task"/>, <see cref="ValueTask"/>,
/// one of their generic forms, or <see cref="IAsyncEnumerable{T}"/>; its arguments are <c>[Wire]</c> messages, ids,
/// primitives, and last a <see cref="CancellationToken"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class GrainAttribute(string type) : Attribute
{
    public string Type { get; } = type;
}
