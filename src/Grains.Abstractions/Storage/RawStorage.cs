namespace Smcp.Storage;

/// <summary>
/// How a store registers its ports: under this key, for encryption to stand before them. Without a key the container
/// has only what encrypts, so nothing writes in clear by mistake.
/// </summary>
public static class RawStorage
{
    /// <summary>The service key of a store's own <see cref="IGrainStorage"/> and <see cref="ILogStorage"/>.</summary>
    public const string Key = "raw";

    /// <summary>
    /// The service key of the <see cref="IGrainStorage"/> for what a cluster's nodes know of each other: who is a
    /// member, which reminders are set. It stands apart from the grains' states, is read before any key is opened, and
    /// so is not encrypted: nothing of a tenant but addresses goes there.
    /// </summary>
    public const string Nodes = "nodes";
}
