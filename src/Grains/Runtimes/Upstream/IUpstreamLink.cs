using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// One conversation with one server, whatever carries it. Ids are its caller's, unique in the conversation; order is
/// kept, and who takes messages slowly slows the server. Thread-safe. Disposal ends the conversation, and what runs
/// the server where the link owns it.
/// </summary>
internal interface IUpstreamLink : IAsyncDisposable
{
    /// <summary>
    /// Completes when the conversation is over, by itself or by disposal, with a reason for the log. Never fails.
    /// </summary>
    Task<string> Ended { get; }

    /// <summary>
    /// Whether the server answered <c>initialize</c> and keeps no session: it cannot ask in the middle of a call, nor
    /// say anything between calls.
    /// </summary>
    bool KeepsNoSession => false;

    /// <summary>
    /// Whether a server answers what it does not know, as HTTP has it: then one that says nothing in time is slow.
    /// </summary>
    bool AnswersAll => false;

    /// <summary>
    /// Begins to take what the server sends. Once, before anything is sent. What belongs to no request, or where the
    /// carrier cannot tell, goes to <paramref name="others"/>.
    /// </summary>
    void Begin(IUpstreamExchange others);

    /// <summary>The revision that was negotiated: what is sent from now on is of it.</summary>
    void Agree(McpRevision revision);

    /// <summary>
    /// Sends a request and waits for its answer; what the carrier knows to belong to it goes to
    /// <paramref name="exchange"/>, in order and before the answer. Cancelling the token tells the server.
    /// </summary>
    ValueTask<UpstreamAnswer> RequestAsync(
        UpstreamRequest request, IUpstreamExchange exchange, CancellationToken cancellationToken);

    /// <summary>Sends a notification. False when it did not get there.</summary>
    ValueTask<bool> NotifyAsync(string method, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken);
}
