using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Smcp.Auth;
using Smcp.Engine;
using Smcp.Mcp.Answers;
using Smcp.Mcp.Routes;
using Smcp.Network;
using Smcp.Protocol;
using Smcp.Quotas;

namespace Smcp.Mcp;

/// <summary>
/// The endpoint <c>/t/{tenant}/s/{server}/mcp</c>: takes a request through stations 3 to 5 and answers whatever
/// goes wrong.
/// </summary>
internal sealed partial class McpEndpoint(
    RequestDelegate next,
    ServerRoutes routes,
    TenantAuthentication authentication,
    RequestSlots slots,
    RequestQuotas quotas,
    McpStations stations,
    IEngineFailures failures,
    ILogger<McpEndpoint> logger)
{
    private static readonly McpRefusal Busy = new(
        StatusCodes.Status503ServiceUnavailable, McpErrorCodes.InternalError, "Too many requests are in work.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public Task InvokeAsync(HttpContext context)
    {
        if (!routes.TryMatch(context, out var route))
        {
            return next(context);
        }

        return ServeAsync(new McpExchange(context, route, authentication));
    }

    private async Task ServeAsync(McpExchange exchange)
    {
        if (!slots.TryTake())
        {
            await exchange.RefuseAsync(Busy);
            return;
        }

        try
        {
            if (await authentication.AuthenticateAsync(exchange) is { } refusal)
            {
                quotas.Refused(exchange, refusal);
                await exchange.RefuseAsync(refusal);
                return;
            }

            if (await quotas.EnterAsync(exchange) is { } over)
            {
                await exchange.RefuseAsync(over);
                return;
            }

            await stations.RunAsync(exchange);
        }
        catch (OperationCanceledException) when (exchange.Http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (BadHttpRequestException exception)
        {
            await AnswerAsync(exchange, new McpRefusal(
                exception.StatusCode, McpErrorCodes.InvalidRequest, "The request is not valid HTTP."));
        }
        catch (Exception exception)
        {
            var gone = RequestFailures.StorageCause(exception) is null
                ? null
                : await authentication.RefusalOfGoneAsync(exchange);
            await AnswerAsync(exchange, gone ?? Failed(exchange, exception));
        }
        finally
        {
            quotas.Leave(exchange);
            slots.Release();
        }
    }

    private McpRefusal Failed(McpExchange exchange, Exception exception)
    {
        var failure = failures.ClassifyRequest(exception);
        if (RequestFailures.StorageCause(exception) is { } cause)
        {
            NotStored(exchange.Http.TraceIdentifier, failure, cause);
        }
        else
        {
            RequestFailed(exchange.Http.TraceIdentifier, failure, exception);
        }

        return McpErrorMap.Of(failure);
    }

    private static Task AnswerAsync(McpExchange exchange, McpRefusal refusal)
    {
        if (exchange.Http.Response.HasStarted)
        {
            exchange.Http.Abort();
            return Task.CompletedTask;
        }

        exchange.Http.Response.ContentLength = null;
        return exchange.RefuseAsync(refusal);
    }
}
