namespace Smcp.Runtimes.CSharp;

public sealed class CSharpRuntimeContractTests : ServerRuntimeContract
{
    private protected override async Task<IServerRuntime> StartAsync() =>
        (await RuntimeFixture.StartAsync<ContractServer>()).Runtime;
}
