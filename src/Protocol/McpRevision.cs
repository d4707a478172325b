using System.Diagnostics.CodeAnalysis;

namespace Smcp.Protocol;

/// <summary>
/// A dated revision of the Model Context Protocol. Revisions answer questions about what they allow;
/// no other file compares dates.
/// </summary>
public sealed class McpRevision
{
    /// <summary>Negotiable over <c>initialize</c>; its HTTP+SSE transport is not served.</summary>
    public static readonly McpRevision V20241105 = new("2024-11-05", 0);

    /// <summary>The first revision of Streamable HTTP, with JSON-RPC batches.</summary>
    public static readonly McpRevision V20250326 = new("2025-03-26", 1);

    /// <summary>Batches removed; elicitation, structured content and the version header added.</summary>
    public static readonly McpRevision V20250618 = new("2025-06-18", 2);

    /// <summary>Priming events, URL elicitation, sampling with tools, experimental tasks.</summary>
    public static readonly McpRevision V20251125 = new("2025-11-25", 3);

    /// <summary>No sessions: every request carries its own version and capabilities.</summary>
    public static readonly McpRevision V20260728 = new("2026-07-28", 4);

    // An array, so that looking one up for every request allocates no enumerator.
    private static readonly McpRevision[] All = [V20260728, V20251125, V20250618, V20250326, V20241105];

    private readonly int _order;

    private McpRevision(string value, int order)
    {
        Value = value;
        _order = order;
    }

    /// <summary>
    /// Every revision served, newest first: the list of <c>server/discover</c> and of version errors.
    /// </summary>
    public static IReadOnlyList<McpRevision> Supported => All;

    /// <summary>The newest revision that <c>initialize</c> can negotiate.</summary>
    public static McpRevision LatestWithSessions => V20251125;

    /// <summary>What a request with a session and no version header is taken for (2025-06-18 transports).</summary>
    public static McpRevision AssumedWithoutHeader => V20250326;

    /// <summary>The date, as on the wire.</summary>
    public string Value { get; }

    /// <summary>Whether clients call <c>initialize</c> and hold an <c>Mcp-Session-Id</c>.</summary>
    public bool UsesSessions => _order < V20260728._order;

    /// <summary>Whether a POST may carry a JSON array (a MUST of 2025-03-26, removed in 2025-06-18).</summary>
    public bool AllowsBatches => _order <= V20250326._order;

    /// <summary>Whether a client must send <c>MCP-Protocol-Version</c> after initialization.</summary>
    public bool DefinesVersionHeader => _order >= V20250618._order;

    /// <summary>Whether an SSE stream begins with an id and empty data, and may be closed early to be polled.</summary>
    public bool PrimesStreams => _order >= V20251125._order && UsesSessions;

    /// <summary>Whether <c>Mcp-Method</c>, <c>Mcp-Name</c> and <c>Mcp-Param-*</c> must mirror the body.</summary>
    public bool RequiresStandardHeaders => !UsesSessions;

    /// <summary>Whether closing the response stream cancels the request. Before 2026-07-28 it does not.</summary>
    public bool DisconnectCancels => !UsesSessions;

    /// <summary>Whether a server may ask the client by <c>elicitation/create</c>, in form mode.</summary>
    public bool HasElicitation => _order >= V20250618._order;

    /// <summary>Whether elicitation may also be in URL mode.</summary>
    public bool HasUrlElicitation => _order >= V20251125._order;

    /// <summary>Whether results say <c>resultType</c>, and lists say <c>ttlMs</c> and <c>cacheScope</c>.</summary>
    public bool TypesResults => !UsesSessions;

    /// <summary>
    /// Whether a client may call this method. 2026-07-28 removed those that kept state in a session; whether a server
    /// has the rest
    /// is for the server to say.
    /// </summary>
    public bool Allows(string method) => UsesSessions || method is not (
        McpMethods.Initialize or McpMethods.Ping or McpMethods.SetLogLevel
        or McpMethods.ResourcesSubscribe or McpMethods.ResourcesUnsubscribe
        or McpMethods.TasksList or McpMethods.TasksResult);

    /// <summary>Whether wrong arguments of a tool are a result with <c>isError</c> (SEP-1303), not an error.</summary>
    public bool AnswersBadArgumentsWithResult => _order >= V20251125._order;

    /// <summary>
    /// Whether a client asks for a task itself, by <c>params.task</c>: the experimental tasks of 2025-11-25, with their
    /// capability, <c>execution.taskSupport</c>, <c>tasks/list</c> and <c>tasks/result</c>.
    /// </summary>
    public bool AugmentsWithTasks => _order == V20251125._order;

    /// <summary>Reads a revision that is served; false for any other text.</summary>
    public static bool TryParse(string? value, [NotNullWhen(true)] out McpRevision? revision)
    {
        revision = null;
        foreach (var supported in All)
        {
            if (string.Equals(supported.Value, value, StringComparison.Ordinal))
            {
                revision = supported;
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
