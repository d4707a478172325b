namespace Smcp.Runtimes.Upstream;

/// <summary>The contract, by a server that knows sessions only: its modern clients are bridged.</summary>
public sealed class LegacyUpstreamContractTests : UpstreamContractTests
{
    private protected override UpstreamEra? Era => UpstreamEra.Legacy;

    private protected override bool LeavesInputToModernClients => false;
}
