using System.Reflection;

namespace Smcp.Runtimes.CSharp;

/// <summary>An assembly whose servers this process serves.</summary>
internal sealed record CSharpServerAssembly(Assembly Assembly);
