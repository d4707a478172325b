namespace Smcp.Runtimes.Upstream;

/// <summary>A member of an object with its new raw value; empty: without it.</summary>
internal readonly record struct JsonEdit(string Name, ReadOnlyMemory<byte> Value)
{
    public static JsonEdit Without(string name) => new(name, default);
}
