namespace Smcp.Wire;

/// <summary>
/// Declares a message or a stored state: its alias and version are its identity on the wire and on disk, whatever
/// the class is called. A test holds each to a recorded form; changing that form needs a new version. A version only
/// adds members to the one before it, as nodes of both serve side by side: between nodes the alias alone names it. What
/// the nodes before could not read needs another alias.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class WireAttribute(string alias, int version) : Attribute
{
    public string Alias { get; } = alias;

    public int Version { get; } = version;
}
