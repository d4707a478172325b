namespace Smcp.Storage;

/// <summary>
/// How a store registers its ports: under this key, for encryption to stand before them. Without a key the container
/// has only what encrypts, so nothing writes in clear by mistake.
/// </summary>
public static class RawStorage
{
    /// <summary>The service key of a store's own <see cref="IGrainStorage"/> and <see cref="ILogStorage"/>.</summary>
    public const string Key = "raw";
}
