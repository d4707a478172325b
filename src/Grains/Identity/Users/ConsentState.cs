using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>What a user agreed to, the latest first.</summary>
[Wire("user-consents", 1)]
internal sealed record ConsentState
{
    public IReadOnlyList<ConsentTerms> Consents { get; init; } = [];
}
