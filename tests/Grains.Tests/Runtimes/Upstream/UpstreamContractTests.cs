using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Runtimes.CSharp;

namespace Smcp.Runtimes.Upstream;

/// <summary>The contract, by a server of the official SDK over lines that speaks whatever its client speaks.</summary>
public class UpstreamContractTests : ServerRuntimeContract
{
    private protected virtual UpstreamEra? Era => null;

    private protected override bool LeavesInputToModernClients => true;

    private protected override Task<IServerRuntime> StartAsync() => Task.FromResult<IServerRuntime>(
        new UpstreamRuntime(new UpstreamTerms(
            new SdkServerLinks(Era),
            new RecordingEvents(),
            new UpstreamRuntimeOptions(),
            TimeProvider.System,
            NullLogger.Instance)));
}
