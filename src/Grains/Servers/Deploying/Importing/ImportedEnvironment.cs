namespace Smcp.Servers.Deploying.Importing;

/// <summary>Variables of a program, some by the name of the tenant's secret that is their value.</summary>
internal sealed class ImportedEnvironment
{
    public SortedDictionary<string, string> Plain { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);
}
