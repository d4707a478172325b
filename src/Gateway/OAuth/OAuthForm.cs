using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Smcp.OAuth;

/// <summary>The parameters of an application/x-www-form-urlencoded body. An empty one was left out.</summary>
internal sealed class OAuthForm
{
    private readonly Dictionary<string, StringValues> _values;

    private OAuthForm(Dictionary<string, StringValues> values) => _values = values;

    public static OAuthForm Empty { get; } = new([]);

    /// <summary>The parameters that were given more than once.</summary>
    public IEnumerable<string> Repeated => _values.Where(pair => pair.Value.Count > 1).Select(pair => pair.Key);

    public string? this[string name] =>
        _values.TryGetValue(name, out var values) && values.Count == 1 && values[0] is { Length: > 0 } value
            ? value
            : null;

    /// <summary>The form of the request; null if its body is no such form, or beyond its limits.</summary>
    public static async Task<OAuthForm?> ReadAsync(
        HttpRequest request, OAuthOptions options, CancellationToken cancellationToken)
    {
        if (!IsForm(request.Headers.ContentType)
            || await RequestBody.ReadAsync(request, options.FormBytesMax, cancellationToken) is not { } body)
        {
            return null;
        }

        try
        {
            using var reader = new FormReader(System.Text.Encoding.UTF8.GetString(body.Span))
            {
                ValueCountLimit = options.FormParametersMax,
                KeyLengthLimit = options.FormBytesMax,
                ValueLengthLimit = options.FormBytesMax,
            };
            return new OAuthForm(await reader.ReadFormAsync(cancellationToken));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static bool IsForm(StringValues contentType) =>
        contentType.Count == 1
        && MediaTypeHeaderValue.TryParse(contentType[0], out var type)
        && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
}
