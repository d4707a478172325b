using Smcp.OAuth.Clients;

namespace Smcp.OAuth.Token;

/// <summary>
/// What a token request must pass, in order: this list is the endpoint (OAuth 2.1 section 3.2, RFC 8707 section 2.2).
/// </summary>
internal sealed class TokenRules(
    RequestIsAForm requestIsAForm,
    ParametersAreSingle parametersAreSingle,
    GrantTypeIsServed grantTypeIsServed,
    ClientIsAuthenticated clientIsAuthenticated,
    ClientMayUseTheGrantType clientMayUseTheGrantType,
    ResourceIsOurs resourceIsOurs,
    ScopesAreWellFormed scopesAreWellFormed,
    GrantGivesTokens grantGivesTokens)
{
    public IReadOnlyList<IOAuthRule<TokenExchange>> All { get; } =
    [
        requestIsAForm,
        parametersAreSingle,
        grantTypeIsServed,
        clientIsAuthenticated,
        clientMayUseTheGrantType,
        resourceIsOurs,
        scopesAreWellFormed,
        grantGivesTokens,
    ];
}
