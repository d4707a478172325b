using System.Text.Json;

namespace Smcp.Runtimes.OpenApi.Calling;

/// <summary>
/// Takes out of an answer what was shown to the API: some repeat requests, to help those who debug. It helps against
/// what is repeated as it was or as JSON and URLs write it; an API that wants to give a secret away can.
/// </summary>
internal static class Redaction
{
    private const string Mark = "[secret]";

    /// <summary>Shorter ones are no secrets, and would be found in what is none.</summary>
    private const int CharsMin = 6;

    public static string Of(string text, IReadOnlyList<string> secrets)
    {
        foreach (var secret in secrets.Where(secret => secret.Length >= CharsMin).OrderByDescending(s => s.Length))
        {
            string[] forms =
            [
                secret,
                Uri.EscapeDataString(secret),
                JsonEncodedText.Encode(secret).ToString(),
                JsonEncodedText.Encode(
                    secret, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
                secret.Replace("/", "\\/", StringComparison.Ordinal),
            ];
            foreach (var form in forms.Distinct(StringComparer.Ordinal))
            {
                text = text.Replace(form, Mark, StringComparison.Ordinal);
            }
        }

        return text;
    }
}
