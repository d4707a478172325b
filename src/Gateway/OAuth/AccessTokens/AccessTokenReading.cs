namespace Smcp.OAuth.AccessTokens;

/// <summary>The claims of a token that one of our keys signed, or why there are none.</summary>
internal readonly record struct AccessTokenReading(AccessTokenClaims? Claims, AccessTokenProblem? Problem);
