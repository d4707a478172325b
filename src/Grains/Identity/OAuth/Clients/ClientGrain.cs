using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>
/// Keeps one client. One that is a document is held in memory, and stored only when somebody let it act: what strangers
/// name leaves nothing behind.
/// </summary>
internal partial class ClientGrain : IClientGrain, IRemindable
{
    private const string UnusedReminder = "unused";

    private static readonly TimeSpan ReminderMin = TimeSpan.FromMinutes(1);

    private readonly IActivationContext _activation;
    private readonly ClientDocuments _documents;
    private readonly OAuthAudit _audit;
    private readonly ClientOptions _options;
    private readonly ILogger _logger;
    private readonly IGrainState<ClientState> _state;
    private Task<ClientDocument>? _fetch;

    public ClientGrain(
        IActivationContext activation,
        ClientDocuments documents,
        OAuthAudit audit,
        IOptions<ClientOptions> options,
        ILogger<ClientGrain> logger)
    {
        _activation = activation;
        _documents = documents;
        _audit = audit;
        _options = options.Value;
        _logger = logger;
        _state = activation.State<ClientState>("client");
    }

    private DateTimeOffset Now => _activation.Time.GetUtcNow();

    private OAuthClient? Client =>
        _state.Value.Client is { } client && !(IsForgotten(client) && UnusedAt <= Now) ? client : null;

    private DateTimeOffset UnusedAt => _state.Value.UsedAt + _options.UnusedLifetime;

    public Task<ClientLookup> DescribeAsync(ClientId client, CancellationToken cancellationToken) =>
        ClientKey.Of(client) != _activation.Key ? Task.FromResult(Unknown())
        : client.IsDocument ? DescribeDocumentAsync(client, cancellationToken)
        : Task.FromResult(Client is { } known ? ClientLookup.Of(known) : Unknown());

    public ValueTask<bool> VerifySecretAsync(string secret, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            ClientSecret.Matches(secret, _state.Value.SecretDigest) && Client is not null);

    public async Task<ClientCreation> CreateAsync(OAuthClient client, CancellationToken cancellationToken)
    {
        if (ClientKey.Of(client.Id) != _activation.Key || client.Id.IsDocument || _state.Value.Client is not null)
        {
            return new ClientCreation
            {
                Problem = new ClientProblem(ClientRefusal.InvalidMetadata, "The client id is taken."),
            };
        }

        var secret = client.Authentication == ClientAuthentication.None ? null : ClientSecret.Create();
        if (IsForgotten(client))
        {
            await RemindAsync(_options.UnusedLifetime);
        }

        await WriteAsync(
            new ClientState
            {
                Client = client,
                SecretDigest = secret is null ? default : ClientSecret.DigestOf(secret),
                UsedAt = Now,
            },
            cancellationToken);
        LogRegistered(_logger, client.Id, client.Source);
        return new ClientCreation { Client = client, Secret = secret };
    }

    public async Task UseAsync(CancellationToken cancellationToken)
    {
        // Once a day is exact enough for a life of months.
        if (Client is { } client && IsForgotten(client) && Now - _state.Value.UsedAt >= TimeSpan.FromDays(1)
            || Client?.Source == ClientSource.Document && !_state.Exists)
        {
            await RemindAsync(_options.UnusedLifetime);
            await WriteAsync(_state.Value with { UsedAt = Now }, cancellationToken);
        }
    }

    public async Task<bool> DeleteAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (_state.Value.Client is not { } client || client.Tenant != context.Tenant
            || !context.Permissions.Any(p => Permission.Covers(p, Permissions.AdminWrite, AdminAreas.Clients)))
        {
            return false;
        }

        LogRemoved(_logger, client.Id);
        _audit.ClientDeleted(context, client.Id);
        await _state.ClearAsync(cancellationToken);
        return true;
    }

    public async Task OnReminderAsync(string name, CancellationToken cancellationToken)
    {
        if (Client is { } client && IsForgotten(client))
        {
            await RemindAsync(UnusedAt - Now);
            return;
        }

        await _activation.RemoveReminderAsync(UnusedReminder);
        await _state.ClearAsync(cancellationToken);
        _activation.Deactivate();
    }

    private static ClientLookup Unknown() => ClientLookup.Refused("The client is not known.");

    /// <summary>Whether it is removed when nobody uses it: nobody's administrators asked for it.</summary>
    private static bool IsForgotten(OAuthClient client) => client.Source != ClientSource.Tenant;

    private async Task<ClientLookup> DescribeDocumentAsync(ClientId client, CancellationToken cancellationToken)
    {
        if (_state.Value is { Client: { } held, FreshUntil: var until } && until > Now)
        {
            return ClientLookup.Of(held);
        }

        // Everybody who asks meanwhile shares the fetch; a failure is theirs alone, and not remembered.
        var fetch = _fetch ??= _documents.FetchAsync(client);
        try
        {
            var document = await fetch.WaitAsync(cancellationToken);
            if (document.Client is not { } fetched)
            {
                return ClientLookup.Refused(document.Problem!);
            }

            if (ReferenceEquals(_fetch, fetch))
            {
                var usedAt = _state.Exists ? _state.Value.UsedAt : Now;
                _state.Value = _state.Value with
                {
                    Client = fetched,
                    FreshUntil = Now + document.Lifetime,
                    UsedAt = usedAt,
                };
            }

            return ClientLookup.Of(fetched);
        }
        finally
        {
            if (ReferenceEquals(_fetch, fetch) && fetch.IsCompleted)
            {
                _fetch = null;
            }
        }
    }

    private async Task WriteAsync(ClientState state, CancellationToken cancellationToken)
    {
        var before = _state.Value;
        _state.Value = state;
        try
        {
            await _state.WriteAsync(cancellationToken);
        }
        catch
        {
            // A client that is not stored is not there.
            _state.Value = before;
            throw;
        }
    }

    private ValueTask RemindAsync(TimeSpan due)
    {
        var bounded = due > ReminderMin ? due : ReminderMin;
        return _activation.SetReminderAsync(UnusedReminder, bounded, bounded);
    }
}
