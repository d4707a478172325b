using Microsoft.Extensions.Logging;

namespace Smcp.Security.Encryption.Rows;

internal sealed partial class RowCipher
{
    [LoggerMessage(EventIds.RowRefused, LogLevel.Critical, "{Place} was refused: {Damage}")]
    private partial void LogRowRefused(string place, string damage);
}
