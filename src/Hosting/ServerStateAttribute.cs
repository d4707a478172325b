namespace Smcp.Hosting;

/// <summary>Names the row that a state type is stored in, so that the type can be renamed.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ServerStateAttribute(string name) : Attribute
{
    public string Name => name;
}
