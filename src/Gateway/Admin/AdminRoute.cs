using Microsoft.AspNetCore.Http;

namespace Smcp.Admin;

/// <summary>
/// One thing that can be done: what the router matches, the document describes, and the tests hold against their table.
/// </summary>
/// <param name="Method">The method of HTTP.</param>
/// <param name="Path">Below <c>/api/v1</c>, with parameters in braces.</param>
/// <param name="Name">What the document calls it.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Handle">Does it.</param>
internal sealed record AdminRoute(
    string Method, string Path, string Name, string Summary, Func<AdminExchange, ValueTask<AdminAnswer>> Handle)
{
    /// <summary>The type of the request's body; null for none.</summary>
    public Type? Body { get; init; }

    /// <summary>The type of the answer's body; null for none.</summary>
    public Type? Answer { get; init; }

    /// <summary>The status of success.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>What is recorded before it is done, and after; null for what changes nothing.</summary>
    public string? Action { get; init; }

    /// <summary>What it takes to be begun; every route with an <see cref="Action"/> says it.</summary>
    public AdminRight? Right { get; init; }

    /// <summary>
    /// Whether it takes something from somebody, or takes the records away, and so is begun however many changes of the
    /// caller were refused: whoever stole a key must not keep its owner from ending it. It costs no more records than
    /// a change that is done, of which the caller's quota bounds the number.
    /// </summary>
    public bool IsUrgent { get; init; }

    /// <summary>
    /// Whether it is of what is the platform's, and stays when its tenant is deleted: the record of it, its audit log,
    /// the state of its keys.
    /// </summary>
    public bool OutlivesTenant { get; init; }

    /// <summary>Whether it takes <c>limit</c> and <c>after</c>.</summary>
    public bool IsPaged { get; init; }

    /// <summary>Whether the request must name the version that it changes (428 without <c>If-Match</c>).</summary>
    public bool NeedsVersion { get; init; }

    /// <summary>The other parameters of the query.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>
    /// Whether the body may be a zip archive instead: then <see cref="AdminExchange.Archive"/> has it, and the exchange
    /// no <see cref="Body"/>.
    /// </summary>
    public bool TakesArchive { get; init; }

    /// <summary>What its answer is, where that is not one JSON value.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>What its answer is too, for a client that would rather have it (<c>Accept</c>).</summary>
    public IReadOnlyList<string> OtherMediaTypes { get; init; } = [];

    /// <summary>The segments of the path.</summary>
    public string[] Segments { get; } = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The names of the path's parameters, in order.</summary>
    public IEnumerable<string> Parameters =>
        Segments.Where(segment => segment[0] == '{').Select(segment => segment[1..^1]);
}
