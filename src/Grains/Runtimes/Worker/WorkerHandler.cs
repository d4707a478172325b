using System.Net;
using System.Net.Sockets;
using Smcp.Protocol;
using Smcp.Runtimes.Upstream.Http;
using Smcp.Servers.Health;

namespace Smcp.Runtimes.Worker;

/// <summary>Sends requests to the process of a worker that runs at the moment, and counts them there.</summary>
internal sealed class WorkerHandler(WorkerRuntime runtime, TimeProvider time) : HttpMessageHandler
{
    /// <summary>How long a process that breaks off takes to be gone.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // What is about a session is nothing to start a process for: none knows it.
        if (runtime.Running is null && request.Method != HttpMethod.Post)
        {
            return new HttpResponseMessage(
                request.Method == HttpMethod.Get ? HttpStatusCode.MethodNotAllowed : HttpStatusCode.NotFound);
        }

        var process = await ProcessAsync(cancellationToken);
        try
        {
            return await SendAsync(process, request, cancellationToken);
        }
        catch (HttpRequestException exception) when (
            exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            // It takes no requests any more: nothing was sent, so a fresh one may be asked.
            process.Over ??= ExitReason.NoAnswer;
            await process.KillAsync();
            return await SendAsync(await ProcessAsync(cancellationToken), request, cancellationToken);
        }
    }

    /// <exception cref="HttpRequestException">There is none: nothing was sent.</exception>
    private async Task<WorkerProcess> ProcessAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await runtime.ProcessAsync(cancellationToken);
        }
        catch (WorkerUnavailableException exception) when (exception.Fault is { } fault)
        {
            throw new HttpRefusedException(fault, exception);
        }
        catch (Exception exception) when (exception is WorkerUnavailableException or ObjectDisposedException)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, exception.Message, exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        WorkerProcess process, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Who only listens has no time to keep, and brings nothing to spend.
        var call = OnlyListens(request) ? null : process.Begin();
        try
        {
            var answer = await process.Http.SendAsync(request, cancellationToken);
            await process.AnsweredAsync();
            answer.Content = call is null ? answer.Content : new WorkerContent(answer.Content, call);
            return answer;
        }
        catch (Exception exception)
        {
            call?.Dispose();
            if (exception is HttpRequestException)
            {
                // It broke off, most likely with its process: whoever hears of it and asks again finds a fresh one.
                await Task.WhenAny(process.Exited, Task.Delay(EndPatience, time, cancellationToken));
            }

            throw;
        }
    }

    /// <summary>A stream that waits for what may come: a GET before 2026-07-28, a subscription since.</summary>
    private static bool OnlyListens(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get
        || (request.Headers.TryGetValues(McpHeaders.Method, out var methods)
            && methods.Contains(McpMethods.SubscriptionsListen, StringComparer.Ordinal));
}
