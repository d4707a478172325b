using System.Collections.Frozen;
using System.Text;
using Smcp.Hosting;
using Smcp.Runtimes.OpenApi.Reading;
using Smcp.Servers;

namespace Smcp.Runtimes.OpenApi.Calling;

/// <summary>
/// Puts the tenant's secrets onto requests, as the API's security schemes say. A secret is asked for with each request,
/// so one that is rotated counts within seconds. Nothing that a client showed us is ever among them.
/// </summary>
internal sealed class ApiCredentials
{
    private readonly ApiTerms _terms;
    private readonly IServerSecrets _secrets;
    private readonly IReadOnlyDictionary<string, string> _headers;
    private readonly FrozenDictionary<ApiScheme, ClientToken> _tokens;

    /// <param name="plan">Whose tools are called.</param>
    /// <param name="headers">Headers that every request carries, and the names of their secrets.</param>
    /// <param name="secrets">The tenant's, that this server may have.</param>
    /// <param name="terms">What asks for tokens.</param>
    public ApiCredentials(
        ApiPlan plan, IReadOnlyDictionary<string, string> headers, IServerSecrets secrets, ApiTerms terms)
    {
        _terms = terms;
        _secrets = secrets;
        _headers = headers;
        _tokens = plan.Tools.SelectMany(tool => tool.Schemes)
            .Where(scheme => scheme.Kind == ApiSchemeKind.ClientCredentials)
            .Distinct()
            .ToFrozenDictionary(scheme => scheme, scheme => new ClientToken(scheme, terms));
    }

    /// <summary>What it put there, which nobody may read in an answer; null where a secret is not there.</summary>
    /// <param name="tool">Whose request it is.</param>
    /// <param name="message">The request.</param>
    /// <param name="refused">What was refused before: a token among it is not shown again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<IReadOnlyList<string>?> ApplyAsync(
        ApiTool tool,
        HttpRequestMessage message,
        IReadOnlyList<string> refused,
        CancellationToken cancellationToken)
    {
        var shown = new List<string>();
        foreach (var (header, secret) in _headers)
        {
            if (await FindAsync(secret, cancellationToken) is not { } value
                || !message.Headers.TryAddWithoutValidation(header, value))
            {
                return Missed(header);
            }

            shown.Add(value);
        }

        foreach (var scheme in tool.Schemes)
        {
            if (await ApplyAsync(scheme, message, refused, cancellationToken) is not { } values)
            {
                return Missed(scheme.Credential.Scheme);
            }

            shown.AddRange(values);
        }

        return shown;
    }

    /// <summary>Whether the API may take the call with a token that is asked for anew.</summary>
    public bool CanRenew(ApiTool tool) => tool.Schemes.Any(_tokens.ContainsKey);

    private IReadOnlyList<string>? Missed(string scheme)
    {
        OpenApiRuntime.LogCredentialMissing(_terms.Logger, _terms.Server, scheme);
        return null;
    }

    private async ValueTask<IReadOnlyList<string>?> ApplyAsync(
        ApiScheme scheme,
        HttpRequestMessage message,
        IReadOnlyList<string> refused,
        CancellationToken cancellationToken)
    {
        if (scheme.Kind == ApiSchemeKind.Basic)
        {
            return await ApplyBasicAsync(scheme.Credential, message, cancellationToken);
        }

        var secret = await FindAsync(scheme.Credential.Secret!, cancellationToken);
        var value = secret is not null && _tokens.TryGetValue(scheme, out var token)
            ? await token.GetAsync(secret, refused, cancellationToken)
            : secret;
        if (value is null)
        {
            return null;
        }

        var isSet = true;
        switch (scheme.Kind)
        {
            case ApiSchemeKind.Query:
                message.RequestUri = WithQuery(message.RequestUri!, scheme.Parameter, value);
                break;
            case ApiSchemeKind.Cookie:
                AddCookie(message, scheme.Parameter, value);
                break;
            default:
                isSet = message.Headers.TryAddWithoutValidation(
                    scheme.Parameter, scheme.Kind == ApiSchemeKind.Header ? value : $"Bearer {value}");
                break;
        }

        return isSet ? [secret!, value] : null;
    }

    private async ValueTask<IReadOnlyList<string>?> ApplyBasicAsync(
        OpenApiCredential credential, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var hidden = credential.UserSecret is null
            ? null
            : await FindAsync(credential.UserSecret, cancellationToken);
        var user = hidden ?? credential.User;
        var password = credential.Secret is null
            ? string.Empty
            : await FindAsync(credential.Secret, cancellationToken);

        // RFC 7617 section 2: a name with a colon would be read as another name and another password.
        if (user is null || password is null || user.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        message.Headers.TryAddWithoutValidation(ApiSchemes.Authorization, $"Basic {pair}");
        return [pair, password, hidden ?? string.Empty];
    }

    private async ValueTask<string?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        try
        {
            return await _secrets.GetAsync(secret, cancellationToken) is { Length: > 0 } value
                && value.All(c => c is >= ' ' and not '\x7f')
                ? value
                : null;
        }
        catch (ServerDataUnavailableException)
        {
            return null;
        }
    }

    private static Uri WithQuery(Uri uri, string name, string value) => new(
        $"{uri.OriginalString}{(uri.OriginalString.Contains('?', StringComparison.Ordinal) ? '&' : '?')}"
        + $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}",
        RequestWriter.AsItStands);

    private static void AddCookie(HttpRequestMessage message, string name, string value)
    {
        const string header = "Cookie";
        var others = message.Headers.TryGetValues(header, out var values)
            ? string.Join("; ", values) + "; "
            : string.Empty;
        message.Headers.Remove(header);
        message.Headers.TryAddWithoutValidation(header, $"{others}{name}={Uri.EscapeDataString(value)}");
    }
}
