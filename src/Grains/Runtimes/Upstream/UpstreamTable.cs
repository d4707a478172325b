using System.Diagnostics.CodeAnalysis;
using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// The conversations of a runtime: one a client, or one for all. Each is opened once however many ask, and forgotten
/// when it is over. Thread-safe.
/// </summary>
internal sealed partial class UpstreamTable : IAsyncDisposable
{
    private const string Shared = "shared";

    private static readonly McpFault TooMany =
        new(FaultReason.LimitExceeded, "The server has too many clients; nothing was run.");

    private static readonly McpFault Closed = new(FaultReason.Unavailable, "The server ended; nothing was run.");

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _life = new();
    private readonly Lock _gate = new();
    private readonly UpstreamTerms _terms;
    private readonly UpstreamChecks _checks;
    private readonly ITimer _sweep;
    private UpstreamEra? _era;

    public UpstreamTable(UpstreamTerms terms)
    {
        _terms = terms;
        _era = terms.Links.Era;
        _checks = new UpstreamChecks(terms, conversation => _ = EndAsync(conversation));
        var period = TimeSpan.FromTicks(terms.Options.IdleTimeout.Ticks / 2);
        _sweep = terms.Time.CreateTimer(static table => ((UpstreamTable)table!).Sweep(), this, period, period);
    }

    /// <summary>Whether a client's conversation is open.</summary>
    public bool TryFind(UpstreamClient client, [NotNullWhen(true)] out UpstreamConversation? conversation)
    {
        lock (_gate)
        {
            conversation = _entries.TryGetValue(KeyOf(client), out var entry) && entry.Opening.IsCompletedSuccessfully
                ? entry.Opening.Result.Conversation
                : null;
        }

        return conversation is { Ended.IsCompleted: false };
    }

    /// <summary>A client's conversation, opened if it is not.</summary>
    public async ValueTask<UpstreamOpened> OpenAsync(UpstreamClient client, CancellationToken cancellationToken)
    {
        Entry entry;
        lock (_gate)
        {
            if (_life.IsCancellationRequested)
            {
                return UpstreamOpened.Refused(Closed);
            }

            var key = KeyOf(client);
            if (!_entries.TryGetValue(key, out var found) || found.IsOver)
            {
                if (!HasRoom(client))
                {
                    return UpstreamOpened.Refused(TooMany);
                }

                found = new Entry(client, Task.Run(() => OpenOnceAsync(key, client)));
                _entries[key] = found;
            }

            entry = found;
        }

        return await entry.Opening.WaitAsync(cancellationToken);
    }

    /// <summary>Ends a client's own conversation; one that is shared goes on.</summary>
    public async ValueTask CloseAsync(UpstreamClient client)
    {
        if (!_terms.Links.IsShared && Take(KeyOf(client)) is { } entry)
        {
            await EndAsync(entry);
        }
    }

    /// <summary>Finds out whether servers still answer.</summary>
    public ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        UpstreamConversation[] open;
        lock (_gate)
        {
            open =
            [
                .. _entries.Values.Where(entry => entry.Opening.IsCompletedSuccessfully)
                    .Select(entry => entry.Opening.Result.Conversation)
                    .OfType<UpstreamConversation>(),
            ];
        }

        return _checks.RunAsync(open, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Entry[] entries;
        lock (_gate)
        {
            _life.Cancel();
            entries = [.. _entries.Values];
            _entries.Clear();
        }

        await _sweep.DisposeAsync();
        await Task.WhenAll(entries.Select(EndAsync));
        await _terms.Links.DisposeAsync();
    }

    private static async Task EndAsync(Entry entry)
    {
        if ((await entry.Opening).Conversation is { } conversation)
        {
            await conversation.DisposeAsync();
        }
    }

    /// <summary>It is no longer found before it ends: the next call opens another.</summary>
    private async Task EndAsync(UpstreamConversation conversation)
    {
        lock (_gate)
        {
            foreach (var (key, entry) in _entries.ToArray())
            {
                if (entry.Opening.IsCompletedSuccessfully && entry.Opening.Result.Conversation == conversation)
                {
                    _entries.Remove(key);
                }
            }
        }

        await conversation.DisposeAsync();
    }

    private string KeyOf(UpstreamClient client) => _terms.Links.IsShared ? Shared : client.Key;

    /// <summary>Under the lock. A principal that has too many loses the one it used least, if none is in use.</summary>
    private bool HasRoom(UpstreamClient client)
    {
        if (client.Session is null && !_terms.Links.IsShared)
        {
            var own = _entries.Where(pair => IsOf(pair.Value, client)).ToList();
            if (own.Count >= _terms.Options.ConversationsPerPrincipalMax && !TryEvict(own))
            {
                return false;
            }
        }

        return _entries.Count < _terms.Options.ConversationsMax
            || TryEvict([.. _entries.Where(pair => pair.Value.Client.Session is null)]);
    }

    private static bool IsOf(Entry entry, UpstreamClient client) =>
        entry.Client.Session is null && entry.Client.Caller.Principal == client.Caller.Principal;

    private bool TryEvict(IReadOnlyCollection<KeyValuePair<string, Entry>> among)
    {
        var (key, entry) = among.MaxBy(pair => pair.Value.IdleFor);
        if (entry is null || entry.IdleFor == TimeSpan.Zero)
        {
            return false;
        }

        _entries.Remove(key);
        _ = EndAsync(entry);
        return true;
    }

    private async Task<UpstreamOpened> OpenOnceAsync(string key, UpstreamClient client)
    {
        using var deadline = new CancellationTokenSource(_terms.Options.OpenTimeout, _terms.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _life.Token);
        try
        {
            var opened = await OpenLinkAsync(client, either.Token);
            if (!opened.IsUnderstood && _terms.Links.TryOtherCarrier())
            {
                opened = await OpenLinkAsync(client, either.Token);
            }

            if (opened.Conversation is { } conversation)
            {
                LogOpened(_terms.Logger, conversation.Era);
                _terms.Events.Note(RuntimeNote.Well);
                Learn(client, conversation);
                _ = ForgetWhenEndedAsync(key, client, conversation);
                return opened;
            }

            if (opened.Fault is { Reason: FaultReason.Unavailable } fault)
            {
                _terms.Events.Note(RuntimeNote.Failing(fault.Message));
            }

            Take(key);
            return opened;
        }
        catch (Exception exception)
        {
            LogNotOpened(_terms.Logger, exception);
            Take(key);
            return UpstreamOpened.Refused(UpstreamFaults.Of(UpstreamFailure.NotSent));
        }
    }

    private async ValueTask<UpstreamOpened> OpenLinkAsync(UpstreamClient client, CancellationToken cancellationToken)
    {
        var opening = await _terms.Links.OpenAsync(client, cancellationToken);
        return opening.Link is { } link
            ? await UpstreamConversation.OpenAsync(link, client, _terms, KnownEra(), cancellationToken)
            : UpstreamOpened.Refused(opening.Fault!);
    }

    private UpstreamEra? KnownEra()
    {
        lock (_gate)
        {
            return _era;
        }
    }

    /// <summary>A server that did not speak its client's era speaks the other only: it is not asked again.</summary>
    private void Learn(UpstreamClient client, UpstreamConversation conversation)
    {
        var era = conversation.Era;
        lock (_gate)
        {
            _era ??= client.Revision.UsesSessions != (era == UpstreamEra.Legacy) && !conversation.IsEraGuess
                ? era
                : null;
        }
    }

    private async Task ForgetWhenEndedAsync(string key, UpstreamClient client, UpstreamConversation conversation)
    {
        LogEnded(_terms.Logger, await conversation.Ended);
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry) && ReferenceEquals(entry.Client, client))
            {
                _entries.Remove(key);
            }
        }

        await conversation.DisposeAsync();
    }

    private Entry? Take(string key)
    {
        lock (_gate)
        {
            return _entries.Remove(key, out var entry) ? entry : null;
        }
    }

    private void Sweep()
    {
        List<Entry> idle = [];
        lock (_gate)
        {
            foreach (var (key, entry) in _entries.ToArray())
            {
                if (entry.Client.Session is null && !_terms.Links.IsShared
                    && entry.IdleFor >= _terms.Options.IdleTimeout)
                {
                    _entries.Remove(key);
                    idle.Add(entry);
                }
            }
        }

        foreach (var entry in idle)
        {
            _ = EndAsync(entry);
        }
    }

    private sealed record Entry(UpstreamClient Client, Task<UpstreamOpened> Opening)
    {
        /// <summary>Whether its conversation was open, and ended.</summary>
        public bool IsOver => Opening.IsCompletedSuccessfully
            && Opening.Result.Conversation is { Ended.IsCompleted: true };

        public TimeSpan IdleFor => Opening.IsCompletedSuccessfully
            ? Opening.Result.Conversation?.IdleFor ?? TimeSpan.Zero
            : TimeSpan.Zero;
    }
}
