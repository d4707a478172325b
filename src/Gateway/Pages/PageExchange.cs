using Microsoft.AspNetCore.Http;
using Smcp.Network.Forwarding;

namespace Smcp.Pages;

/// <summary>One request for a page: who asks with which browser, and what they filled in.</summary>
internal sealed class PageExchange(HttpContext http, Browser browser, IFormCollection form)
{
    public HttpContext Http => http;

    public Browser Browser => browser;

    public IQueryCollection Query => http.Request.Query;

    public string CorrelationId => http.TraceIdentifier;

    public string Address => ClientAddress.Of(http).Address.ToString();

    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>A field of the form; empty when it is missing, and when it came more than once.</summary>
    public string Field(string name) => form[name] is [var value] ? value ?? string.Empty : string.Empty;

    /// <summary>Whether the form is one that we made, for this purpose and this browser.</summary>
    public bool IsOurs(string purpose) => browser.Recognizes(purpose, Field(Parts.TokenField));
}
