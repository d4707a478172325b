using System.Diagnostics;

namespace Smcp.Runtimes.CSharp;

/// <summary>The name that runs of server code are traced under.</summary>
internal static class RuntimeTelemetry
{
    public const string SourceName = "Smcp.Runtimes";

    public static readonly ActivitySource Source = new(SourceName);
}
