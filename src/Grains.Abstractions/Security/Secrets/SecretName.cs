namespace Smcp.Security.Secrets;

/// <summary>How a secret is called: 1 to 64 of <c>A-Z</c>, <c>0-9</c> and <c>_</c>.</summary>
public static class SecretName
{
    private const int LengthMax = 64;

    public static bool IsValid(string? name) =>
        name is { Length: >= 1 and <= LengthMax }
        && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');
}
