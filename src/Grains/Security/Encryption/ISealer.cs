namespace Smcp.Security.Encryption;

/// <summary>
/// Gives a text to somebody who may keep it and bring it back, but neither read nor change it. What is sealed opens on
/// every node and after a restart, as long as its key is held.
/// </summary>
internal interface ISealer
{
    /// <summary>Seals a content for a purpose, which is not in the text but must be said again to open it.</summary>
    ValueTask<string> SealAsync(string purpose, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>
    /// The content, or null for a text that was changed, sealed for something else, or not sealed here.
    /// </summary>
    ValueTask<byte[]?> OpenAsync(string purpose, string text, CancellationToken cancellationToken);
}
