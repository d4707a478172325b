using Microsoft.Extensions.Options;
using Smcp.Configuration;
using Smcp.Runtimes.CSharp;
using Smcp.Security.Encryption;
using Smcp.Storage;

namespace Smcp;

/// <summary>What the command line, the environment and the files say, handed to the options of the parts.</summary>
internal static class StandaloneConfiguration
{
    internal const string RequireTlsKey = "Smcp:Gateway:Tls:RequireTls";

    private const string DefaultUrl = "http://127.0.0.1:8080";

    public static void AddStandaloneConfiguration(this WebApplicationBuilder builder, CommandLine line)
    {
        var configuration = builder.Configuration;
        configuration.AddInMemoryCollection(line.Settings);
        configuration["urls"] ??= DefaultUrl;
        if (configuration[StandaloneOptions.Key(nameof(StandaloneOptions.PublicUrl))] is { } publicUrl)
        {
            configuration["Smcp:Gateway:PublicUrls:0"] ??= publicUrl;
        }

        if (configuration.GetValue<bool>(StandaloneOptions.Key(nameof(StandaloneOptions.UnsafeOpen))))
        {
            // Who opens it to everybody has said so for plain HTTP too.
            configuration[RequireTlsKey] ??= "false";
        }

        builder.WebHost.UseUrls(configuration["urls"]!.Split(';'));

        builder.Services.AddSection<StandaloneOptions>(StandaloneOptions.Section);
        builder.Services.AddSingleton<IConfigureOptions<SqliteStorageOptions>, StandaloneDefaults>();
        builder.Services.AddSingleton<IConfigureOptions<EncryptionOptions>, StandaloneDefaults>();
        builder.Services.AddSingleton<IConfigureOptions<CSharpRuntimeOptions>, StandaloneDefaults>();
    }
}
