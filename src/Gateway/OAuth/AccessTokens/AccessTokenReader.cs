namespace Smcp.OAuth.AccessTokens;

/// <summary>
/// Reads access tokens that one of our keys signed. The key is found among ours by its id, and nowhere else.
/// </summary>
internal sealed class AccessTokenReader(KeySets keys)
{
    private const int LengthMax = 8192;

    public async ValueTask<AccessTokenReading> ReadAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length > LengthMax
            || CompactJws.Parse(text) is not { } jws
            || JwsHeader.KeyIdOf(jws.Header) is not { } keyId)
        {
            return new AccessTokenReading(null, AccessTokenProblem.Malformed);
        }

        if (await keys.FindAsync(keyId, cancellationToken) is not { } key
            || !Es256.Verify(key.X, key.Y, jws.Input, jws.Signature))
        {
            return new AccessTokenReading(null, AccessTokenProblem.Signature);
        }

        return AccessTokenClaims.Read(jws.Payload) is { } claims
            ? new AccessTokenReading(claims, null)
            : new AccessTokenReading(null, AccessTokenProblem.Malformed);
    }
}
