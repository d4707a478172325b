namespace Smcp.Hosting;

/// <summary>
/// There is no room: the storage quota of the tenant is used up, or the server's store is full. Nothing was written;
/// what is there can be read and removed.
/// </summary>
public sealed class ServerDataQuotaException(string message) : Exception(message);
