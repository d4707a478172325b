using ModelContextProtocol.Authentication;

namespace Smcp.EndToEnd.Login;

/// <summary>Holds the C# client's tokens, where the test sees them.</summary>
internal sealed class TokenNotes : ITokenCache
{
    public TokenContainer? Current { get; set; }

    public ValueTask StoreTokensAsync(TokenContainer tokens, CancellationToken cancellationToken)
    {
        Current = tokens;
        return default;
    }

    public ValueTask<TokenContainer?> GetTokensAsync(CancellationToken cancellationToken) => new(Current);
}
