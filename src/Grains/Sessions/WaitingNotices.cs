using System.Security.Cryptography;
using Smcp.Protocol;

namespace Smcp.Sessions;

/// <summary>
/// The change notices that wait for a stream. A second one, word for word, tells the client nothing that the first does
/// not; so a session that nobody reads holds one of each, however often its server changes. Known in memory alone: an
/// activation that does not know of one appends it once more.
/// </summary>
internal sealed class WaitingNotices(SessionData data)
{
    private const int KnownMax = 512;

    // By the digest of the message: the number that the log had reached before it.
    private readonly Dictionary<string, long> _known = [];

    /// <summary>Whether a message says what one that waits says already.</summary>
    public bool Holds(string? method, ReadOnlyMemory<byte> message) =>
        _known.Count > 0 && McpMethods.IsChangeNotice(method)
        && _known.TryGetValue(Digest(message), out var before) && Waits(before);

    /// <summary>A message was appended for whichever stream comes next.</summary>
    public void Add(string? method, ReadOnlyMemory<byte> message, long before)
    {
        if (!McpMethods.IsChangeNotice(method))
        {
            return;
        }

        if (_known.Count >= KnownMax)
        {
            _known.Clear();
        }

        _known[Digest(message)] = before;
    }

    // No stream took it yet, and it was not trimmed.
    private bool Waits(long before) => before >= data.State.SettledThrough && before >= data.Log.First - 1;

    private static string Digest(ReadOnlyMemory<byte> message) =>
        Convert.ToBase64String(SHA256.HashData(message.Span));
}
