namespace Smcp;

/// <summary>The servers that the command line names, looked for before anything is made on disk.</summary>
internal static class ServerPaths
{
    /// <summary>One sentence when one is not there.</summary>
    public static string? Problem(IConfiguration configuration) =>
        configuration.GetSection(StandaloneOptions.Key(nameof(StandaloneOptions.Servers))).Get<string[]>()
            ?.FirstOrDefault(path => !File.Exists(path) && !Directory.Exists(path)) is { } missing
            ? $"{missing} cannot be found."
            : null;
}
