namespace Smcp.Connections;

/// <summary>Tokens, or why there are none.</summary>
internal sealed record TokenResult(ConnectionTokens? Tokens, TokenProblem Problem);
