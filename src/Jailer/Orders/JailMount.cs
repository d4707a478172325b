namespace Smcp.Jailer.Orders;

/// <summary>A folder, a file or a unix socket of the host that a jail sees.</summary>
/// <param name="Source">Its path on the host; absolute, beneath a folder that the jailer may give away.</param>
/// <param name="Target">Where it is in the jail; absolute.</param>
public sealed record JailMount(string Source, string Target);
