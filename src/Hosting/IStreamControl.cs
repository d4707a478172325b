namespace Smcp.Hosting;

/// <summary>
/// A running call's hold on the stream that its answer goes out on. Take it as a parameter of a tool.
/// </summary>
public interface IStreamControl
{
    /// <summary>
    /// Closes the connection under the stream, for a client that can come back for the rest (2025-11-25 polling): for a
    /// tool that knows it will
    /// take long. The call goes on, and nothing that it sends is lost. Does nothing where the stream cannot be polled.
    /// </summary>
    ValueTask ClosePollStreamAsync(CancellationToken cancellationToken = default);
}
