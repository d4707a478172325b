namespace Smcp.Runtimes.Upstream;

/// <summary>The contract, by a server that knows 2026-07-28 only: its clients with sessions are bridged.</summary>
public sealed class ModernUpstreamContractTests : UpstreamContractTests
{
    private protected override UpstreamEra? Era => UpstreamEra.Modern;
}
