using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Smcp.Pages;

/// <summary>
/// Writes answers, each with the headers that keep a page from being framed, cached, scripted or told on
/// (RFC 9700 sections 4.2.4 and 4.16).
/// </summary>
internal sealed class PageWriter(Stylesheet stylesheet)
{
    /// <summary>
    /// No form-action: Chromium holds it against the redirect to the client too, which is not known beforehand. Nor is
    /// there a Cross-Origin-Opener-Policy: a client that opened us in a window of its own would lose that window.
    /// </summary>
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

    public async Task WriteAsync(HttpContext context, PageAnswer answer)
    {
        Protect(context.Response.Headers);
        switch (answer)
        {
            case RedirectAnswer redirect:
                context.Response.StatusCode = StatusCodes.Status303SeeOther;
                context.Response.Headers.Location = redirect.Location;
                break;
            case DocumentAnswer document:
                await WriteAsync(context.Response, document);
                break;
        }
    }

    /// <summary>The stylesheet, for as long as a browser likes.</summary>
    public async Task WriteStylesheetAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentType = "text/css; charset=utf-8";
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        await context.Response.Body.WriteAsync(stylesheet.Content, context.RequestAborted);
    }

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers.Pragma = "no-cache";
    }

    private async Task WriteAsync(HttpResponse response, DocumentAnswer document)
    {
        response.StatusCode = document.Status;
        response.ContentType = "text/html; charset=utf-8";
        if (document.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter =
                ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var text = Document(document).ToString();
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), response.HttpContext.RequestAborted);
    }

    private Html Document(DocumentAnswer document) => Html.Of(
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>{document.Title} · Smcp</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="{stylesheet.Path}">
        </head>
        <body>
        <header class="brand">
        <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
        <rect class="mark-tile" width="32" height="32" rx="9"/>
        <path class="mark-line" d="M21.5 10.5c-1.2-1.5-3.1-2.3-5.5-2.3-3.2 0-5.5 1.5-5.5 3.9 0 5.6 11.2 2.5 11.2
        7.8 0 2.5-2.4 4-5.7 4-2.6 0-4.7-.9-5.9-2.6"/>
        </svg>
        <span class="name">Smcp</span>
        </header>
        <main class="{(document.IsWide ? "card wide" : "card")}">
        {document.Body}
        </main>
        </body>
        </html>
        """);
}
