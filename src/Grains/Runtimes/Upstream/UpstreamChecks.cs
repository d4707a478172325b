using Smcp.Servers.Health;

namespace Smcp.Runtimes.Upstream;

/// <summary>Finds out whether the servers behind conversations still answer, and ends those that do not.</summary>
internal sealed class UpstreamChecks(UpstreamTerms terms, Action<UpstreamConversation> end)
{
    private const int CheckedTogether = 16;
    private const string SilentText = "The server does not answer.";

    /// <summary>Checks those that are quiet; of many that lead to one place, the one that was used last.</summary>
    public async ValueTask RunAsync(
        IEnumerable<UpstreamConversation> conversations, CancellationToken cancellationToken)
    {
        if (!terms.Links.IsRunning)
        {
            return;
        }

        var quiet = conversations
            .Where(one => one.IsQuiet && (terms.Links.ChecksAtRest || one.IsUsedSinceCheck))
            .OrderBy(one => one.IdleFor)
            .Take(terms.Links.IsOnePlace ? 1 : int.MaxValue);
        foreach (var some in quiet.Chunk(CheckedTogether))
        {
            await Task.WhenAll(some.Select(one => CheckAsync(one, cancellationToken)));
        }
    }

    private async Task CheckAsync(UpstreamConversation conversation, CancellationToken cancellationToken)
    {
        var missed = await conversation.CheckAsync(terms.Options.CheckTimeout, cancellationToken);
        if (missed == 0)
        {
            terms.Events.Note(RuntimeNote.Well);
        }
        else if (missed < terms.Options.CheckMissesMax || conversation.Ended.IsCompleted)
        {
            // Once may be chance; and what ended by itself is noted where it did.
        }
        else if (terms.Links.IsOnePlace)
        {
            terms.Events.Note(RuntimeNote.Failing(SilentText));
            await terms.Links.RestartAsync();
        }
        else
        {
            terms.Events.Note(RuntimeNote.Failing(SilentText) with
            {
                Exit = ServerExit.Of(ExitReason.NoAnswer, 0, terms.Time.GetUtcNow()),
                Served = conversation.Served,
            });
            end(conversation);
        }
    }
}
