using System.Text;
using System.Text.Json.Nodes;
using Smcp.Runtimes.OpenApi.Reading;
using Smcp.Runtimes.Upstream.Http;
using Smcp.Servers;

namespace Smcp.Runtimes.OpenApi.Calling;

/// <summary>
/// The token of a client that acts for itself (RFC 6749 section 4.4): asked for once for all who wait for it, and held
/// until shortly before it ends.
/// </summary>
internal sealed class ClientToken(ApiScheme scheme, ApiTerms terms)
{
    private const int AnswerBytesMax = 64 << 10;
    private const int TokenCharsMax = 16 << 10;

    /// <summary>What a clock elsewhere may differ, and a call may take.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    /// <summary>For a token that does not say (RFC 6749 section 5.1), and the longest for one that does.</summary>
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private Task<Held?>? _asking;

    /// <summary>The token; null where there is none to be had.</summary>
    /// <param name="secret">The client's secret.</param>
    /// <param name="refused">What the API refused before: no token among it is given again.</param>
    /// <param name="cancellationToken">Gives up waiting; others may still wait.</param>
    public async ValueTask<string?> GetAsync(
        string secret, IReadOnlyList<string> refused, CancellationToken cancellationToken)
    {
        Task<Held?> asking;
        lock (_gate)
        {
            if (_asking is null || (_asking.IsCompleted && !IsGood(_asking.Result, secret, refused)))
            {
                _asking = AskAsync(secret);
            }

            asking = _asking;
        }

        return (await asking.WaitAsync(cancellationToken))?.Token;
    }

    private bool IsGood(Held? held, string secret, IReadOnlyList<string> refused) =>
        held is not null && held.Secret == secret && !refused.Contains(held.Token)
        && terms.Time.GetUtcNow() < held.Until;

    /// <summary>Never fails: a token that does not come is none.</summary>
    private async Task<Held?> AskAsync(string secret)
    {
        using var late = new CancellationTokenSource(terms.Options.CallTimeout, terms.Time);
        try
        {
            using var message = Message(secret);
            using var response = await terms.Http.SendAsync(message, late.Token);
            if (response.IsSuccessStatusCode
                && await HttpBody.ReadAsync(response.Content, AnswerBytesMax, late.Token) is { } body
                && Read(body, secret) is { } held)
            {
                return held;
            }

            OpenApiRuntime.LogTokenRefused(
                terms.Logger, terms.Server, scheme.Credential.Scheme, (int)response.StatusCode);
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            OpenApiRuntime.LogTokenRefused(terms.Logger, terms.Server, scheme.Credential.Scheme, 0);
        }

        return null;
    }

    private Held? Read(ReadOnlyMemory<byte> body, string secret) =>
        RawJson.Parse(body) is { } answer && answer.Text("access_token") is { Length: > 0 and <= TokenCharsMax } token
            && !token.AsSpan().ContainsAnyExceptInRange('!', '~')
            && string.Equals(answer.Text("token_type"), "Bearer", StringComparison.OrdinalIgnoreCase)
            ? new Held(secret, token, terms.Time.GetUtcNow() + LifeOf(answer))
            : null;

    private HttpRequestMessage Message(string secret)
    {
        var credential = scheme.Credential;
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (credential.Scopes.Count > 0)
        {
            form["scope"] = string.Join(' ', credential.Scopes);
        }

        var message = new HttpRequestMessage(HttpMethod.Post, scheme.TokenUrl);
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (credential.PostsSecret)
        {
            form["client_id"] = credential.ClientId!;
            form["client_secret"] = secret;
        }
        else
        {
            // RFC 6749 section 2.3.1: both are encoded as in a form before they are put together.
            var pair = $"{Uri.EscapeDataString(credential.ClientId!)}:{Uri.EscapeDataString(secret)}";
            message.Headers.TryAddWithoutValidation(
                ApiSchemes.Authorization, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        message.Content = new FormUrlEncodedContent(form);
        message.Options.Set(HttpMessages.ChangesNothing, true);
        return message;
    }

    private static TimeSpan LifeOf(JsonObject answer)
    {
        if (answer["expires_in"] is not JsonValue said || !said.TryGetValue(out long seconds) || seconds <= 0)
        {
            return Unsaid;
        }

        var life = TimeSpan.FromSeconds(Math.Min(seconds, (long)Longest.TotalSeconds));
        return life > Early + Early ? life - Early : life / 2;
    }

    /// <summary>Not a record: nothing must print the token.</summary>
    private sealed class Held(string secret, string token, DateTimeOffset until)
    {
        public string Secret => secret;

        public string Token => token;

        public DateTimeOffset Until => until;
    }
}
