namespace Smcp.Storage;

/// <summary>A row was read that is not what was written.</summary>
internal sealed class DamagedRowException(string message) : Exception(message);
