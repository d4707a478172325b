using System.Net;

namespace Smcp.OAuth.Authorize;

/// <summary>
/// Somebody with a browser: keeps cookies, follows no redirect by itself, and sends the forms that pages show.
/// </summary>
internal sealed class Person : IDisposable
{
    private readonly SecurityHost _host;
    private readonly HttpClient _http;

    /// <param name="host">The product.</param>
    /// <param name="from">Where they are, for a product that believes its neighbour; null: on this machine.</param>
    public Person(SecurityHost host, string? from = null)
    {
        _host = host;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies })
        {
            BaseAddress = host.Url,
        };
        if (from is not null)
        {
            GoTo(from);
        }
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>They are elsewhere now.</summary>
    public void GoTo(string address)
    {
        _http.DefaultRequestHeaders.Remove("X-Forwarded-For");
        _http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
    }

    public async Task<Seen> OpenAsync(string address) => await Seen.OfAsync(await _http.GetAsync(address));

    public async Task<Seen> PostAsync(
        string address, IEnumerable<KeyValuePair<string, string>> fields, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(fields),
        };
        // As a browser does for a page that keeps its address to itself.
        request.Headers.Add("Origin", "null");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.Add(name, value);
        }

        return await Seen.OfAsync(await _http.SendAsync(request));
    }

    /// <summary>Fills in the page's first form and presses a button.</summary>
    public Task<Seen> SubmitAsync(Seen page, params (string Name, string Value)[] fields) =>
        PostAsync(page.Action, FieldsOf(page, fields));

    public static IEnumerable<KeyValuePair<string, string>> FieldsOf(
        Seen page, params (string Name, string Value)[] fields) =>
        page.Hidden.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    public Task<Seen> AllowAsync(Seen page) => SubmitAsync(page, ("decision", "approve"));

    public Task<Seen> LogInAsync(Seen page, string name, string password = SecurityHost.Password) =>
        SubmitAsync(page, ("username", name), ("password", password), ("organization", "default"));

    /// <summary>Opens an authorization request, logs in, and comes to the consent page.</summary>
    public async Task<Seen> ComeToConsentAsync(string address, string name)
    {
        var entered = await LogInAsync(await OpenAsync(address), name);
        Assert.Equal(HttpStatusCode.SeeOther, entered.Status);
        var consent = await OpenAsync(entered.Location!);
        Assert.Contains("It will be able to", consent.Text, StringComparison.Ordinal);
        return consent;
    }

    public string? CookieOf(string name) => Cookies.GetCookies(_host.Url)[name]?.Value;

    public void Dispose() => _http.Dispose();
}
