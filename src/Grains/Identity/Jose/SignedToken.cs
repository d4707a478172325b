using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Identity.Jose;

/// <summary>A signed token taken apart (RFC 7515 section 3.1); nothing of it is to be believed yet.</summary>
internal sealed record SignedToken(
    string Algorithm, string? KeyId, JsonElement Claims, ReadOnlyMemory<byte> Signed, ReadOnlyMemory<byte> Signature)
{
    private const int LengthMax = 32 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Null for what is no token, and for one whose header asks for more than we know (<c>crit</c>).</summary>
    public static SignedToken? Read(string text)
    {
        if (text.Length > LengthMax
            || text.Split('.') is not [var headText, var bodyText, var signatureText]
            || !Base64Url.IsValid(headText) || !Base64Url.IsValid(bodyText) || !Base64Url.IsValid(signatureText))
        {
            return null;
        }

        return Parse(headText) is { } head && Parse(bodyText) is { } claims
            && head.Text("alg") is { } algorithm && !head.TryGetProperty("crit", out _)
                ? new SignedToken(
                    algorithm,
                    head.Text("kid"),
                    claims,
                    Encoding.ASCII.GetBytes($"{headText}.{bodyText}"),
                    Base64Url.DecodeFromChars(signatureText))
                : null;
    }

    /// <summary>A claim that is a text; null for any other.</summary>
    public string? Claim(string name) => Claims.Text(name);

    /// <summary>A claim that is a text, or a list of texts.</summary>
    public IReadOnlyList<string> ClaimList(string name) =>
        !Claims.TryGetProperty(name, out var value) ? []
        : value.Text() is { } single ? [single]
        : value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.Text()).OfType<string>()]
        : [];

    /// <summary>A claim that is a time (RFC 7519 section 2, NumericDate).</summary>
    public DateTimeOffset? ClaimTime(string name) =>
        Claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var seconds) && seconds is >= 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>
    /// Whether a claim that may be absent is, or is a time not after this one. What is there and cannot be read as a
    /// whole number of seconds is not taken as absent.
    /// </summary>
    public bool IsAbsentOrNotAfter(string name, DateTimeOffset last) =>
        !Claims.TryGetProperty(name, out _) || ClaimTime(name) <= last;

    private static JsonElement? Parse(string part)
    {
        using var document = ForeignJson.Parse(Base64Url.DecodeFromChars(part), Strict);
        return document?.RootElement is { ValueKind: JsonValueKind.Object } json ? json.Clone() : null;
    }
}
