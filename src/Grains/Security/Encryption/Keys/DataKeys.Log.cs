using Microsoft.Extensions.Logging;

namespace Smcp.Security.Encryption.Keys;

internal sealed partial class DataKeys
{
    [LoggerMessage(
        EventIds.DataKeyUsedUp, LogLevel.Information,
        "Data key {Key} of {Owner} has encrypted as many messages as it may: another writes from now on")]
    private partial void LogKeyUsedUp(string owner, int key);

    [LoggerMessage(
        EventIds.DataKeyNotUnwrapped, LogLevel.Critical,
        "Data key {Key} of {Owner} cannot be unwrapped: master key {Master} is missing, or another one")]
    private partial void LogKeyNotUnwrapped(string owner, int key, int master);

    [LoggerMessage(EventIds.RowIndexDamaged, LogLevel.Critical, "{Damage} Restore a backup")]
    private partial void LogIndexDamaged(string damage);
}
