using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Login;
using Smcp.OAuth;

namespace Smcp.Pages;

/// <summary>Finds the page of a path, reads what was filled in, and answers whatever goes wrong as a page.</summary>
internal sealed partial class PagesEndpoint(
    RequestDelegate next,
    IEnumerable<IPage> pages,
    PageWriter writer,
    Stylesheet stylesheet,
    CanonicalUrls urls,
    IOptions<LoginOptions> options,
    IEngineFailures failures,
    ILogger<PagesEndpoint> logger)
{
    private const string FormType = "application/x-www-form-urlencoded";

    private static readonly PageAnswer NoForm = PageAnswer.Refuse(
        "The form cannot be read", "Please go back, load the page again, and send it once more.");

    private static readonly PageAnswer NoMethod = PageAnswer.Refuse(
        "This page does not do that", "Please go back and use its buttons.", StatusCodes.Status405MethodNotAllowed);

    private static readonly PageAnswer Unavailable = PageAnswer.Refuse(
        "Please try again in a moment", "Something that this page needs does not answer now.",
        StatusCodes.Status503ServiceUnavailable);

    private static readonly PageAnswer Failed = PageAnswer.Refuse(
        "Something went wrong", "The operators can see what happened.", StatusCodes.Status500InternalServerError);

    private readonly FrozenDictionary<string, IPage> _pages =
        pages.ToFrozenDictionary(page => page.Path, StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        return path == stylesheet.Path && HttpMethods.IsGet(context.Request.Method)
            ? writer.WriteStylesheetAsync(context)
            : _pages.TryGetValue(path, out var page) ? ServeAsync(context, page) : next(context);
    }

    private async Task ServeAsync(HttpContext context, IPage page)
    {
        try
        {
            await writer.WriteAsync(context, await AnswerAsync(context, page));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var failure = failures.ClassifyRequest(exception);
            if (RequestFailures.StorageCause(exception) is { } cause)
            {
                NotStored(page.Path, context.TraceIdentifier, failure, cause);
            }
            else
            {
                PageFailed(page.Path, context.TraceIdentifier, failure, exception);
            }

            await writer.WriteAsync(context, failure == EngineFailure.None ? Failed : Unavailable);
        }
    }

    private async ValueTask<PageAnswer> AnswerAsync(HttpContext context, IPage page)
    {
        var browser = new Browser(context, urls.IsHttps, options.Value.DeviceLifetime);
        if (HttpMethods.IsGet(context.Request.Method))
        {
            return await page.GetAsync(new PageExchange(context, browser, FormCollection.Empty));
        }

        return !HttpMethods.IsPost(context.Request.Method) ? NoMethod
            : await ReadFormAsync(context) is { } form
                ? await page.PostAsync(new PageExchange(context, browser, form))
                : NoForm;
    }

    private async ValueTask<IFormCollection?> ReadFormAsync(HttpContext context)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(type, FormType, StringComparison.OrdinalIgnoreCase)
            || await RequestBody.ReadAsync(context.Request, options.Value.FormBytesMax, context.RequestAborted)
                is not { } body)
        {
            return null;
        }

        try
        {
            // Our pages are UTF-8, and so is what they send, whatever the request says that it is.
            using var reader = new FormReader(Encoding.UTF8.GetString(body.Span))
            {
                ValueCountLimit = 32,
                KeyLengthLimit = 64,
                ValueLengthLimit = options.Value.FormBytesMax,
            };
            return new FormCollection(await reader.ReadFormAsync(context.RequestAborted));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
