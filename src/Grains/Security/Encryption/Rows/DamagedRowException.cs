namespace Smcp.Security.Encryption.Rows;

/// <summary>A row is not what was written there: changed, moved, or put back to what it was.</summary>
internal sealed class DamagedRowException(string message) : Exception(message);
