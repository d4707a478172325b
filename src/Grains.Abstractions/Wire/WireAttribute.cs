namespace Smcp.Wire;

/// <summary>
/// Declares a message or a stored state: its alias and version are its identity on the wire and on disk, whatever
/// the class is called. A test holds each to a recorded form; changing that form needs a new version.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class WireAttribute(string alias, int version) : Attribute
{
    public string Alias { get; } = alias;

    public int Version { get; } = version;

    /// <summary>
    /// The first version whose nodes read this form, as it only adds to that one's: nodes of both serve side by side.
    /// Default: the version itself.
    /// </summary>
    public int ReadSince { get; init; } = version;
}
