using Microsoft.Extensions.Options;
using Smcp.Runtimes.CSharp;
using Smcp.Security.Encryption;
using Smcp.Servers;
using Smcp.Storage;

namespace Smcp;

/// <summary>Hands what this process was told to the parts that need it.</summary>
internal sealed class StandaloneDefaults(IOptions<StandaloneOptions> standalone, IConfiguration configuration)
    : IConfigureOptions<SqliteStorageOptions>,
        IConfigureOptions<EncryptionOptions>,
        IConfigureOptions<CSharpRuntimeOptions>
{
    /// <summary>The folder, beside the program, of the servers that come with it: one folder each.</summary>
    private const string BundledServers = "servers";

    /// <summary>The master key's file in a data folder.</summary>
    internal const string MasterKeyName = "master.key";

    /// <summary>The file of destroyed keys in a data folder.</summary>
    internal const string DeletionsName = "deletions.log";

    public void Configure(SqliteStorageOptions options) => options.DataFolder = Path.GetFullPath(standalone.Value.Data);

    /// <summary>The key is beside what it encrypts, unless the configuration says otherwise.</summary>
    public void Configure(EncryptionOptions options)
    {
        options.MasterKeyFile = Path.Combine(Path.GetFullPath(standalone.Value.Data), MasterKeyName);
        options.DeletionsFile = Path.Combine(Path.GetFullPath(standalone.Value.Data), DeletionsName);
    }

    public void Configure(CSharpRuntimeOptions options)
    {
        // Who is alone with his machine need not show a key to himself.
        options.Access ??= LoopbackRule.MayServeAnybody(configuration)
            ? ServerAccessKind.Public
            : ServerAccessKind.Tenant;
        var bundled = Path.Combine(AppContext.BaseDirectory, BundledServers);
        foreach (var assembly in
            ServerFolders.AssembliesIn(bundled).Concat(standalone.Value.Servers.Select(ServerFolders.AssemblyAt)))
        {
            options.Assemblies.Add(assembly);
        }
    }
}
