using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>
/// How a server runs. Four kinds, one contract; the first is here, the others come with third-party servers.
/// </summary>
[Wire("runtime-kind", 1)]
public enum RuntimeKind
{
    /// <summary>A C# class, in this process. Trusted code.</summary>
    CSharp = 0,
}
