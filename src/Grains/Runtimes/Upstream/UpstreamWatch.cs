namespace Smcp.Runtimes.Upstream;

/// <summary>What somebody wants to hear of: the lists, and these resources; or nothing.</summary>
internal sealed record UpstreamWatch(bool Lists, IReadOnlySet<string> Resources)
{
    public static UpstreamWatch Nothing { get; } = new(false, new HashSet<string>());
}
