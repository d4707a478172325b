using System.Text.Json;
using Smcp.Network.Egress.Proxying;
using Smcp.Protocol;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>
/// The addresses of an API. What its settings say was chosen by its tenant's administrator; what its description says
/// was not, so its host must be one that the settings name.
/// </summary>
internal sealed class ApiAddresses(ApiDocument document, ApiSource source)
{
    /// <summary>Characters; what stands for a variable may have others in it, and those again.</summary>
    private const int UrlCharsMax = 2_048;

    private readonly EgressRules _allowed = new(source.Egress);

    /// <summary>The base of an operation's path: by the settings, or the first of these servers.</summary>
    /// <exception cref="OpenApiException">There is none that may be used.</exception>
    public Uri BaseOf(JsonElement? servers)
    {
        if (source.Settings.Url is { } given)
        {
            return Read(given, isGiven: true);
        }

        var server = servers is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
            ? list[0]
            : default;
        return server.TextOf("url") is { } url
            ? Read(Fill(url, server), isGiven: false)
            : throw new OpenApiException("names no server: set /openapi/url");
    }

    /// <summary>Where a token is asked for.</summary>
    /// <exception cref="OpenApiException">It may not be used.</exception>
    public Uri Token(string url, bool isGiven) => Read(url, isGiven);

    private string Fill(string url, JsonElement server)
    {
        document.Visit(server.Member("variables") ?? default);
        foreach (var variable in server.Members("variables"))
        {
            document.Spend(variable.Value.LengthOf("enum") + variable.Value.LengthOf("default"));
            var value = source.Settings.Variables.GetValueOrDefault(variable.Name) ?? variable.Value.TextOf("default");
            var among = variable.Value.Texts("enum").ToList();
            if (value is null || (among.Count > 0 && !among.Contains(value)))
            {
                throw new OpenApiException(
                    $"has no such value for '{ClientText.Clip(variable.Name)}' as /openapi/variables says");
            }

            url = value.Length <= UrlCharsMax
                ? url.Replace($"{{{variable.Name}}}", value, StringComparison.Ordinal)
                : value;
            if (url.Length > UrlCharsMax)
            {
                throw new OpenApiException($"has an address of more than {UrlCharsMax} characters");
            }
        }

        return url;
    }

    private Uri Read(string url, bool isGiven)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")
            || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0
            || !ApiPath.IsSound(address.AbsolutePath))
        {
            throw new OpenApiException(
                $"has no absolute http or https address in '{ClientText.Clip(url)}': set /openapi/url");
        }

        if (address.Scheme != "https" && source.RequireTls)
        {
            throw new OpenApiException($"has an address that is not https: '{ClientText.Clip(url)}'");
        }

        return isGiven || (EgressPlace.Of(address.IdnHost, address.Port) is { } place && _allowed.Allow(place))
            ? address
            : throw new OpenApiException(
                $"leads to {address.IdnHost}:{address.Port}: name that in /egress, or set /openapi/url");
    }
}
