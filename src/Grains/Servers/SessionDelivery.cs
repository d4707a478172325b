using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Sessions;

namespace Smcp.Servers;

/// <summary>
/// Carries frames to a session, in order, one delivery after the other, each with what accumulated meanwhile.
/// </summary>
internal sealed partial class SessionDelivery(
    IActivationContext activation, IEngineFailures failures, InstanceOptions options, ILogger logger)
{
    /// <summary>Delivers the frames of a call until the last, or until its session wants no more.</summary>
    public async Task PumpAsync(CallLeg leg)
    {
        var session = activation.Grains.Locate<ISessionGrain>(leg.Call.Request.Session!);
        var frames = leg.Frames;
        var number = 0L;
        while (await frames.WaitToReadAsync())
        {
            var batch = new List<McpFrame>();
            var bytes = 0;
            while (batch.Count < options.DeliveryFramesMax && bytes < options.FrameBytesMax
                && frames.TryRead(out var frame))
            {
                batch.Add(frame with { Number = ++number });
                bytes += frame.Body.Length;
            }

            if (!await DeliverAsync(session, leg.Id, batch))
            {
                return;
            }
        }
    }

    /// <summary>Delivers frames of no call.</summary>
    public Task<bool> NotifyAsync(string session, IReadOnlyList<McpFrame> frames) =>
        DeliverAsync(activation.Grains.Locate<ISessionGrain>(session), null, frames);

    /// <summary>Ends a session that the server serves no more; one that cannot be told finds out by itself.</summary>
    public async Task EndAsync(string session)
    {
        try
        {
            await activation.Grains.Locate<ISessionGrain>(session).EndAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogSessionNotEnded(exception, activation.Key);
        }
    }

    /// <summary>
    /// A delivery that did not run is repeated, and one of unknown outcome where frames are numbered: the session takes
    /// each once. A notification of no call that it has already would stand in its log twice, and is not sent again.
    /// </summary>
    private async Task<bool> DeliverAsync(ISessionGrain session, CallId? call, IReadOnlyList<McpFrame> frames)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await session.DeliverAsync(call, frames, CancellationToken.None);
            }
            catch (Exception exception)
            {
                var failure = failures.Classify(exception);
                if (attempt == options.DeliveryAttemptsMax || failure is EngineFailure.None or EngineFailure.Cancelled)
                {
                    LogDeliveryFailed(exception, activation.Key, attempt);
                    return false;
                }

                LogDeliveryRepeated(exception, activation.Key, attempt);
                if (failure == EngineFailure.TimedOut && call is null)
                {
                    return true;
                }
            }

            await Task.Delay(options.DeliveryRetryDelay * attempt, activation.Time);
        }
    }
}
