using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity.Jose;

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
    private readonly SecretDigester _digester;
    private readonly ClientKeyMemory _keys;
    private readonly ClientOptions _options;
    private readonly ILogger _logger;
    private readonly IGrainState<ClientState> _state;
    private SharedFetch<ClientDocument>? _fetch;

    public ClientGrain(
        IActivationContext activation,
        ClientDocuments documents,
        SecretDigester digester,
        ClientKeySets keySets,
        IOptions<ClientOptions> options,
        ILogger<ClientGrain> logger)
    {
        _activation = activation;
        _documents = documents;
        _digester = digester;
        _options = options.Value;
        _keys = new ClientKeyMemory(keySets, _options, activation.Time);
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

    public async ValueTask<bool> VerifySecretAsync(string secret, CancellationToken cancellationToken)
    {
        var isCurrent = await _digester.MatchesAsync(secret, _state.Value.SecretDigest, cancellationToken);
        var isPrevious = await _digester.MatchesAsync(secret, _state.Value.PreviousDigest, cancellationToken);
        return Client is not null && (isCurrent || (isPrevious && Now < _state.Value.PreviousUntil));
    }

    public async ValueTask<bool> VerifyAssertionAsync(
        string assertion, string issuer, CancellationToken cancellationToken)
    {
        if (Client is not { Authentication: ClientAuthentication.PrivateKeyJwt } client
            || SignedToken.Read(assertion) is not { } token)
        {
            return false;
        }

        var terms = new ClientAssertionTerms
        {
            Client = client.Id,
            Issuer = issuer,
            Now = Now,
            Skew = _options.AssertionSkew,
            LifetimeMax = _options.AssertionLifetimeMax,
        };
        var broken = ClientAssertionRules.Check(token, terms)
            ?? ClientAssertionRules.CheckSignature(token, await KeysAsync(client, token));
        if (broken is not null)
        {
            LogAssertionRefused(_logger, client.Id, broken);
            return false;
        }

        return await TakeOnceAsync(token, cancellationToken);
    }

    public async Task<ClientCreation> CreateAsync(OAuthClient client, CancellationToken cancellationToken)
    {
        if (ClientKey.Of(client.Id) != _activation.Key || client.Id.IsDocument || _state.Value.Client is not null)
        {
            return new ClientCreation
            {
                Problem = new ClientProblem(ClientRefusal.InvalidMetadata, "The client id is taken."),
            };
        }

        var hasSecret = client.Authentication is ClientAuthentication.SecretBasic or ClientAuthentication.SecretPost;
        var secret = hasSecret ? ClientSecret.Create() : null;
        if (IsForgotten(client))
        {
            await RemindAsync(_options.UnusedLifetime);
        }

        await WriteAsync(
            new ClientState
            {
                Client = client,
                SecretDigest = secret is null ? null : await _digester.DigestAsync(secret, cancellationToken),
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

    public async Task<ClientCreation> RotateSecretAsync(TimeSpan? grace, CancellationToken cancellationToken)
    {
        if (_state.Value is not { Client: { } client, SecretDigest: { } digest })
        {
            return new ClientCreation { Client = _state.Value.Client };
        }

        var secret = ClientSecret.Create();
        await WriteAsync(
            _state.Value with
            {
                SecretDigest = await _digester.DigestAsync(secret, cancellationToken),
                PreviousDigest = digest,
                PreviousUntil = Now + (grace ?? _options.SecretRotationGrace),
            },
            cancellationToken);
        return new ClientCreation { Client = client, Secret = secret };
    }

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        if (_state.Value.Client is { Source: ClientSource.Tenant } client)
        {
            LogRemoved(_logger, client.Id);
            await _state.ClearAsync(cancellationToken);
        }
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

    /// <summary>Remembers the assertion, if it was not shown before. A jti is no secret, only of any length.</summary>
    private async ValueTask<bool> TakeOnceAsync(SignedToken token, CancellationToken cancellationToken)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(token.Claim("jti")!));
        var live = _state.Value.Assertions.Where(seen => seen.EndsAt > Now).ToList();
        if (live.Count >= _options.AssertionsMax || live.Any(seen => seen.Digest.Span.SequenceEqual(digest)))
        {
            LogAssertionRefused(_logger, _state.Value.Client!.Id, "used");
            return false;
        }

        var endsAt = token.ClaimTime("exp")!.Value + _options.AssertionSkew;
        await WriteAsync(
            _state.Value with { Assertions = [.. live, new SeenAssertion(digest, endsAt)] }, cancellationToken);
        return true;
    }

    private async ValueTask<IReadOnlyList<VerificationKey>> KeysAsync(OAuthClient client, SignedToken token) =>
        client.JwksUri is not null
            ? await _keys.FindAsync(client, token)
            : [.. client.Keys.Select(ClientKeys.Read).OfType<VerificationKey>()];

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
        var fetch = _fetch ??= new SharedFetch<ClientDocument>(end => _documents.FetchAsync(client, end));
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
            if (ReferenceEquals(_fetch, fetch) && fetch.IsOver)
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
