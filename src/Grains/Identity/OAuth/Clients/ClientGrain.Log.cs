using Microsoft.Extensions.Logging;

namespace Smcp.Identity.OAuth.Clients;

internal partial class ClientGrain
{
    [LoggerMessage(EventIds.ClientRegistered, LogLevel.Information, "The client {Client} is registered ({Source})")]
    private static partial void LogRegistered(ILogger logger, ClientId client, ClientSource source);

    [LoggerMessage(EventIds.ClientRemoved, LogLevel.Information, "The client {Client} is removed")]
    private static partial void LogRemoved(ILogger logger, ClientId client);

    [LoggerMessage(
        EventIds.ClientAssertionRefused, LogLevel.Warning, "An assertion of the client {Client} is refused ({Broken})")]
    private static partial void LogAssertionRefused(ILogger logger, ClientId client, string broken);
}
