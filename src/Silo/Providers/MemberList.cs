namespace Smcp.Providers;

/// <summary>Every silo of a cluster, as the store has it: Orleans' membership table.</summary>
internal sealed record MemberList
{
    /// <summary>
    /// Grows by one at each change, and is the fence of the next. Who is alive still does not change it.
    /// </summary>
    public int Version { get; init; }

    public IReadOnlyList<Member> Members { get; init; } = [];
}
