using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Smcp.Hosting;
using Smcp.Runtimes.Worker.Configuring;
using Smcp.Runtimes.Worker.Durable;
using Smcp.Runtimes.Worker.Fetching;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>Takes each request to its binding, and failures to what workerd shows the worker.</summary>
internal sealed partial class BindingApplication(ILogger logger) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // It owns nothing.
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<BindingTarget>();
        var name = context.Request.Headers[BindingHeaders.Binding].ToString();
        var request = new BindingRequest(context, target, name);
        try
        {
            if (target.Store is { } store)
            {
                await DurableBinding.AnswerAsync(request, store);
                return;
            }

            if (name == BindingHeaders.NetworkName && target.Network is { } network)
            {
                await (target.Budget.TryTake()
                    ? FetchBinding.AnswerAsync(request, network)
                    : FetchErrors.RefuseTooManyAsync(request));
                return;
            }

            await AnswerAsync(request, target, name);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            if (context.Response.HasStarted)
            {
                // The reader sees that its content is not whole.
                context.Abort();
                return;
            }

            Fail(request, target.KindOf(name), exception);
        }
    }

    private static async Task AnswerAsync(BindingRequest request, BindingTarget target, string name)
    {
        if (target.KindOf(name) is not { } kind)
        {
            request.Refuse(StatusCodes.Status404NotFound, "Not Found");
        }
        else if (!target.Budget.TryTake())
        {
            Refuse(request, kind, ObjectErrors.TooMany, "Too many subrequests");
        }
        else
        {
            await (kind == WorkerBindingKind.KeyValues
                ? KeyValueBinding.AnswerAsync(request)
                : ObjectBinding.AnswerAsync(request));
        }
    }

    private void Fail(BindingRequest request, WorkerBindingKind? kind, Exception exception)
    {
        request.Answer.Clear();
        switch (exception)
        {
            case ServerDataQuotaException:
                Refuse(request, kind, ObjectErrors.TooLarge, "The storage quota is used up");
                break;
            case ServerDataConflictException:
                Refuse(request, kind, ObjectErrors.Unmet, "It was changed meanwhile");
                break;
            case ServerDataUnavailableException:
                Refuse(request, kind, ObjectErrors.Unavailable, "The data cannot be reached now");
                break;
            case ArgumentException or FormatException or JsonException or InvalidOperationException
                or OverflowException or EndOfStreamException or BadHttpRequestException:
                Refuse(request, kind, ObjectErrors.Malformed, "The key, the value or what is said of it is wrong");
                break;
            default:
                LogBindingFailed(logger, exception.GetType().Name);
                Refuse(request, kind, ObjectErrors.Unavailable, "The data cannot be reached now");
                break;
        }
    }

    private static void Refuse(
        BindingRequest request, WorkerBindingKind? kind, (int Status, int Code) error, string message)
    {
        if (kind == WorkerBindingKind.Objects)
        {
            ObjectErrors.Set(request, error, message);
        }
        else
        {
            request.Refuse(error.Status, message);
        }
    }
}
