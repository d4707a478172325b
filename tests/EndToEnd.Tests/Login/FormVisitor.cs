using System.Net;

namespace Smcp.EndToEnd.Login;

/// <summary>Somebody whose browser is an HTTP client: it keeps cookies, follows redirects and fills in forms.</summary>
internal sealed class FormVisitor : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() });

    public Task<FormPage> OpenAsync(string url) => SendAsync(new HttpRequestMessage(HttpMethod.Get, url));

    /// <summary>Fills in the page's first form and sends it, as a browser does for a page of the same site.</summary>
    public Task<FormPage> SubmitAsync(FormPage page, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, page.Action)
        {
            Content = new FormUrlEncodedContent(
                page.Hidden.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))),
        };
        request.Headers.Add("Origin", page.Url.GetLeftPart(UriPartial.Authority));
        return SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    private async Task<FormPage> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        return new FormPage(
            response.RequestMessage!.RequestUri!, response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
