using System.Net;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using Smcp.Network.Egress;
using Smcp.Runtimes.Upstream.Http;

namespace Smcp.Runtimes.Remote;

/// <summary>
/// Asks a server again where that is safe: the request did not leave, or it changes nothing. A server that fails too
/// often is left alone for a while, and who calls it meanwhile is told at once.
/// </summary>
internal sealed class ResilientHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<bool> IsSafe = new("smcp.safe");

    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public ResilientHandler(
        HttpMessageHandler inner,
        string server,
        RemoteRuntimeOptions options,
        TimeProvider time,
        ILogger logger,
        Action<RuntimeNote>? note = null)
        : base(inner)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        if (options.RetriesMax > 0)
        {
            pipeline.AddRetry(Retry(options));
        }

        _pipeline = pipeline
            .AddCircuitBreaker(Breaker(server, options, logger, note))
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = arguments => new(arguments.Context.Properties.GetValue(IsSafe, false)
                    ? options.AnswerTimeout
                    : Timeout.InfiniteTimeSpan),
            })
            .Build();
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(IsSafe, request.Options.TryGetValue(HttpMessages.ChangesNothing, out var safe) && safe);
        try
        {
            return await _pipeline.ExecuteAsync(
                async inner => await base.SendAsync(request, inner.CancellationToken), context);
        }
        catch (BrokenCircuitException exception)
        {
            throw new HttpRequestException(
                HttpRequestError.ConnectionError, "The server fails too often and is not asked now.", exception);
        }
        catch (TimeoutRejectedException exception)
        {
            throw new HttpRequestException(HttpRequestError.Unknown, "The server did not answer in time.", exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static RetryStrategyOptions<HttpResponseMessage> Retry(RemoteRuntimeOptions options) => new()
    {
        MaxRetryAttempts = options.RetriesMax,
        Delay = options.RetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = arguments =>
        {
            var safe = arguments.Context.Properties.GetValue(IsSafe, false);
            var again = arguments.Outcome.Exception is { } exception
                ? exception.InnerException is not EgressRefusedException
                    && (DidNotLeave(exception)
                        || (safe && exception is HttpRequestException or TimeoutRejectedException))
                : safe && IsPassing(arguments.Outcome.Result!.StatusCode);
            return new(again);
        },
        OnRetry = arguments =>
        {
            arguments.Outcome.Result?.Dispose();
            return default;
        },
    };

    private static CircuitBreakerStrategyOptions<HttpResponseMessage> Breaker(
        string server, RemoteRuntimeOptions options, ILogger logger, Action<RuntimeNote>? note) => new()
        {
            FailureRatio = options.BreakRatio,
            MinimumThroughput = options.BreakRequestsMin,
            SamplingDuration = options.BreakWindow,
            BreakDuration = options.BreakTime,
            ShouldHandle = arguments => new(arguments.Outcome.Exception is { } exception
                ? exception is HttpRequestException or TimeoutRejectedException
                : (int)arguments.Outcome.Result!.StatusCode >= 500),
            OnOpened = arguments =>
            {
                RemoteRuntime.LogCircuitOpened(logger, server, arguments.BreakDuration.TotalSeconds);
                note?.Invoke(RuntimeNote.Failing(
                    $"The server there fails too often, and is asked no more for {arguments.BreakDuration:g}."));
                return default;
            },
            OnClosed = _ =>
            {
                RemoteRuntime.LogCircuitClosed(logger, server);
                note?.Invoke(RuntimeNote.Well);
                return default;
            },
        };

    private static bool DidNotLeave(Exception exception) =>
        exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
        };

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
