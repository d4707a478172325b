using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Smcp.Identity;

namespace Smcp.Pages;

/// <summary>
/// What we know a browser by: three cookies. One binds forms and waiting requests to it, from its first page on; one
/// is its log-in; one says that its user logged in with it before. Each holds 256 random bits, and is never read by a
/// script.
/// </summary>
internal sealed class Browser
{
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const string HostPrefix = "__Host-";

    private readonly HttpContext _http;
    private readonly bool _isHttps;
    private readonly TimeSpan _deviceLifetime;
    private string? _secret;

    /// <summary>
    /// Over https the names have the prefix <c>__Host-</c>: no neighbouring host and no plain connection can set such
    /// a cookie. On loopback without TLS a browser would refuse it, so there the names go without, and without Secure.
    /// </summary>
    public Browser(HttpContext http, bool isHttps, TimeSpan deviceLifetime)
    {
        _http = http;
        _isHttps = isHttps;
        _deviceLifetime = deviceLifetime;
        _secret = Read("smcp-browser") is { Length: SecretLength } secret && Base64Url.IsValid(secret) ? secret : null;
        (SessionTenant, SessionSecret) = ReadSession();
    }

    /// <summary>The tenant that the browser says it is logged in to; its session's grain decides.</summary>
    public TenantId? SessionTenant { get; private set; }

    public string? SessionSecret { get; private set; }

    /// <summary>What waiting requests are bound to.</summary>
    public string Secret
    {
        get
        {
            if (_secret is null)
            {
                _secret = RandomText.Token(SecretBytes);
                Write("smcp-browser", _secret, lifetime: null);
            }

            return _secret;
        }
    }

    /// <summary>Who the browser is to users who logged in with it.</summary>
    public string? Device
    {
        get => Read("smcp-device");
        set => Write("smcp-device", value, _deviceLifetime);
    }

    /// <summary>Makes a new log-in: never one that was there before, or that somebody brought along.</summary>
    public string RenewSession(TenantId tenant)
    {
        SessionTenant = tenant;
        SessionSecret = RandomText.Token(SecretBytes);
        Write("smcp", $"{tenant}.{SessionSecret}", lifetime: null);
        return SessionSecret;
    }

    public void EndSession()
    {
        (SessionTenant, SessionSecret) = (null, null);
        Write("smcp", null, lifetime: null);
    }

    /// <summary>
    /// A form's token: nobody without this browser's secret can make it, and it serves this purpose and log-in only.
    /// </summary>
    public string TokenFor(string purpose) => Base64Url.EncodeToString(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{purpose}\n{SessionSecret}")));

    public bool Recognizes(string purpose, string token) =>
        _secret is not null
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(TokenFor(purpose)), Encoding.UTF8.GetBytes(token));

    private (TenantId? Tenant, string? Secret) ReadSession() =>
        Read("smcp")?.Split('.') is [var tenantText, { Length: SecretLength } secret]
        && TenantId.TryParse(tenantText, null, out var tenant)
            ? (tenant, secret)
            : (null, null);

    private string? Read(string name) => _http.Request.Cookies[NameOf(name)];

    private void Write(string name, string? value, TimeSpan? lifetime)
    {
        var options = new CookieOptions
        {
            HttpOnly = true,
            Secure = _isHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = value is null ? TimeSpan.Zero : lifetime,
        };
        _http.Response.Cookies.Append(NameOf(name), value ?? string.Empty, options);
    }

    private string NameOf(string name) => _isHttps ? HostPrefix + name : name;
}
