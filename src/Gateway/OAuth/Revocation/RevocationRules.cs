using Smcp.OAuth.Clients;

namespace Smcp.OAuth.Revocation;

/// <summary>What a revocation request must pass, in order (RFC 7009 section 2.1).</summary>
internal sealed class RevocationRules(
    RequestIsAForm requestIsAForm,
    ParametersAreSingle parametersAreSingle,
    ClientIsAuthenticated clientIsAuthenticated,
    TokenIsGiven tokenIsGiven)
{
    public IReadOnlyList<IOAuthRule<OAuthExchange>> All { get; } =
        [requestIsAForm, parametersAreSingle, clientIsAuthenticated, tokenIsGiven];
}
