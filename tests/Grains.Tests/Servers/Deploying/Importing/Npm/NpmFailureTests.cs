using Smcp.Mcp;
using Smcp.Runtimes.Jails;

namespace Smcp.Servers.Deploying.Importing.Npm;

public sealed class NpmFailureTests
{
    [Theory]
    [InlineData("SELF_SIGNED_CERT_IN_CHAIN", "Smcp:Npm:AuthoritiesFile")]
    [InlineData("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "Smcp:Npm:AuthoritiesFile")]
    [InlineData("ECONNREFUSED", "cannot be reached")]
    public void Registry_ThatIsNotToBeHad_IsNotThePackagesFault(string code, string words)
    {
        var fault = NpmFailure.Of(
            new JailExit(102, JailExitReason.Ended), $"npm error code {code}\n", wentAstray: false,
            new NpmPackage("tools", NpmPackage.Latest, null), new NpmOptions());

        Assert.Equal(FaultReason.Unavailable, fault.Reason);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }
}
