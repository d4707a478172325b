using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Network.Forwarding;
using Smcp.Quotas;

namespace Smcp.OAuth;

/// <summary>Sends a request to the endpoint of its path, and answers whatever goes wrong.</summary>
internal sealed partial class OAuthEndpoints(
    RequestDelegate next,
    IEnumerable<IOAuthEndpoint> endpoints,
    AddressLimits addresses,
    IEngineFailures failures,
    ILogger<OAuthEndpoints> logger)
{
    private static readonly OAuthError Unavailable = new(
        StatusCodes.Status503ServiceUnavailable, OAuthErrorCodes.TemporarilyUnavailable, "Try again later.");

    private static readonly OAuthError Failed = new(
        StatusCodes.Status500InternalServerError, OAuthErrorCodes.ServerError, "Something went wrong here.");

    private readonly IOAuthEndpoint[] _endpoints = [.. endpoints];

    public Task InvokeAsync(HttpContext context)
    {
        // Nearly all requests are for servers: they are not asked about.
        var path = context.Request.Path.Value ?? string.Empty;
        return path.StartsWith("/t/", StringComparison.Ordinal)
            || Array.Find(_endpoints, endpoint => endpoint.Accepts(path)) is not { } endpoint
            ? next(context)
            : ServeAsync(endpoint, context);
    }

    private async Task ServeAsync(IOAuthEndpoint endpoint, HttpContext context)
    {
        try
        {
            await endpoint.HandleAsync(context);
            if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
            {
                addresses.ChargeFailure(ClientAddress.Of(context).Address);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception exception) when (
            failures.ClassifyRequest(exception) != EngineFailure.None && !context.Response.HasStarted)
        {
            if (RequestFailures.StorageCause(exception) is { } cause)
            {
                LogNotStored(logger, context.TraceIdentifier, cause);
            }
            else
            {
                LogEngineFailed(logger, context.TraceIdentifier, exception);
            }

            await OAuthAnswer.ErrorAsync(context, Unavailable);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogFailed(logger, context.TraceIdentifier, exception);
            if (HttpMethods.IsPost(context.Request.Method))
            {
                // What was posted held a credential that nobody found good: who found a way to a bug pays for it.
                addresses.ChargeFailure(ClientAddress.Of(context).Address);
            }

            await OAuthAnswer.ErrorAsync(context, Failed);
        }
    }
}
