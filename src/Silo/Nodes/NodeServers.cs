using Microsoft.Extensions.Options;
using Smcp.Runtimes.CSharp;

namespace Smcp.Nodes;

/// <summary>Adds the servers beside the program to those that it was told to load.</summary>
internal sealed class NodeServers : IPostConfigureOptions<CSharpRuntimeOptions>
{
    /// <summary>The folder, beside the program, of the servers that come with it: one folder each.</summary>
    private const string Bundled = "servers";

    public void PostConfigure(string? name, CSharpRuntimeOptions options)
    {
        string[] named = [.. options.Assemblies.Select(ServerFolders.AssemblyAt)];
        options.Assemblies.Clear();
        var bundled = ServerFolders.AssembliesIn(Path.Combine(AppContext.BaseDirectory, Bundled));
        foreach (var assembly in bundled.Concat(named))
        {
            options.Assemblies.Add(assembly);
        }
    }
}
