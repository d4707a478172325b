namespace System.Runtime.CompilerServices;

/// <summary>
/// Known to the runtime by its name, which no library declares: an assembly that carries it may use the internal types
/// of the named one. The emitted proxies do.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
