using System.Net;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>
/// Reads streams of events to their end, and over their ends: one that breaks off is resumed where the server gave its
/// events ids (2025-11-25 transports, resumability), as slowly as the server asks for.
/// </summary>
internal sealed class HttpStreams(
    HttpCarrier carrier,
    HttpMessages messages,
    HttpInbox inbox,
    HttpLinkOptions options,
    int bytesMax,
    TimeProvider time)
{
    /// <summary>No request: what is read is the standing stream.</summary>
    public const long None = -1;

    /// <summary>Reads the answer to a request from its stream, and from where that stream goes on.</summary>
    public async ValueTask<UpstreamAnswer> AnswerAsync(
        HttpResponseMessage response, long request, IUpstreamExchange exchange, CancellationToken cancellationToken)
    {
        var place = new StreamPlace();
        var answer = await ReadAsync(response, request, exchange, place, cancellationToken);
        for (var attempt = 1; answer is null; attempt++)
        {
            if (messages.Revision is not { UsesSessions: true } || place.LastEventId is null
                || attempt > options.ResumeAttemptsMax)
            {
                return UpstreamAnswer.Failed(UpstreamFailure.Lost);
            }

            attempt = place.TakeProgress() ? 1 : attempt;
            await Task.Delay(DelayOf(place, attempt), time, cancellationToken);
            var (next, _, _) = await carrier.SendAsync(() => messages.Get(place.LastEventId), cancellationToken);
            if (next is null)
            {
                continue;
            }

            using (next)
            {
                if (!next.IsSuccessStatusCode || !HttpMessages.IsEvents(next))
                {
                    return UpstreamAnswer.Failed(UpstreamFailure.Lost);
                }

                answer = await ReadAsync(next, request, exchange, place, cancellationToken);
            }
        }

        return answer.Value;
    }

    /// <summary>
    /// Keeps the standing stream of a session open. Ends when the server offers none, or (true) when it does not know
    /// the session any more. Many that offer none say 404 and not 405: it tells of the session only where there was a
    /// stream before.
    /// </summary>
    public async ValueTask<bool> StandAsync(IUpstreamExchange others, CancellationToken cancellationToken)
    {
        var place = new StreamPlace();
        var stood = false;
        for (var attempt = 1; ; attempt++)
        {
            var (response, failure, _) = await carrier.SendAsync(
                () => messages.Get(place.LastEventId), cancellationToken);
            if (response is not null)
            {
                using (response)
                {
                    if (response.StatusCode == HttpStatusCode.NotFound)
                    {
                        return stood && messages.Session is not null;
                    }

                    if (!IsWorthAnother(response))
                    {
                        return false;
                    }

                    if (response.IsSuccessStatusCode)
                    {
                        stood = true;
                        await ReadAsync(response, None, others, place, cancellationToken);
                    }
                }
            }
            else if (failure == UpstreamFailure.Unauthorized)
            {
                return false;
            }

            attempt = place.TakeProgress() ? 1 : attempt;
            await Task.Delay(DelayOf(place, attempt), time, cancellationToken);
        }
    }

    private static bool IsWorthAnother(HttpResponseMessage response) =>
        response.IsSuccessStatusCode
            ? HttpMessages.IsEvents(response)
            : response.StatusCode is HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500;

    /// <summary>The server's own wish, then twice as long each time that brings nothing.</summary>
    private TimeSpan DelayOf(StreamPlace place, int attempt)
    {
        var wished = place.Retry ?? options.RetryDelay;
        var ticks = wished.Ticks * Math.Pow(2, Math.Min(attempt - 1, 10));
        return TimeSpan.FromTicks((long)Math.Min(ticks, options.RetryDelayMax.Ticks));
    }

    private async ValueTask<UpstreamAnswer?> ReadAsync(
        HttpResponseMessage response,
        long request,
        IUpstreamExchange exchange,
        StreamPlace place,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var events = new SseReader(
                await response.Content.ReadAsStreamAsync(cancellationToken), bytesMax);
            while (await events.ReadAsync(cancellationToken) is { } next)
            {
                place.Pass(next);
                if (!next.Data.IsEmpty && await inbox.TakeAsync(next.Data, request, exchange) is { } answer)
                {
                    return answer;
                }
            }
        }
        catch (InvalidDataException)
        {
            return UpstreamAnswer.Failed(UpstreamFailure.TooLarge);
        }
        catch (IOException)
        {
            // It broke off; what comes of it is seen by who reads it.
        }

        return null;
    }

    /// <summary>How far a stream was read.</summary>
    private sealed class StreamPlace
    {
        private bool _progressed;

        public string? LastEventId { get; private set; }

        public TimeSpan? Retry { get; private set; }

        public void Pass(in SseEvent passed)
        {
            _progressed |= !passed.Data.IsEmpty;
            LastEventId = passed.Id ?? LastEventId;
            Retry = passed.Retry ?? Retry;
        }

        /// <summary>Whether anything came since this was last asked.</summary>
        public bool TakeProgress()
        {
            var progressed = _progressed;
            _progressed = false;
            return progressed;
        }
    }
}
