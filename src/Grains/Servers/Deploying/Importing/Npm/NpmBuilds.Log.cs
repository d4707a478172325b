using Microsoft.Extensions.Logging;

namespace Smcp.Servers.Deploying.Importing.Npm;

internal sealed partial class NpmBuilds
{
    [LoggerMessage(EventIds.PackageBrought, LogLevel.Information,
        "The package {Package} {Version} was brought for {Server}: {Bytes} bytes.")]
    private partial void LogBrought(string package, string version, ServerKey server, long bytes);

    [LoggerMessage(EventIds.PackageNotBrought, LogLevel.Warning,
        "The package {Package} was not brought for {Server}: {Problem}")]
    private partial void LogNotBrought(string package, ServerKey server, string problem);

    [LoggerMessage(EventIds.PackageFailed, LogLevel.Error, "Bringing the package {Package} for {Server} failed.")]
    private partial void LogFailed(Exception exception, string package, ServerKey server);
}
