namespace Smcp.Runtimes.Upstream;

/// <summary>The two eras of the protocol.</summary>
internal enum UpstreamEra
{
    /// <summary>Before 2026-07-28: <c>initialize</c> begins a session.</summary>
    Legacy = 0,

    /// <summary>From 2026-07-28: each request says all that it needs.</summary>
    Modern = 1,
}
