using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Servers;
using Smcp.Storage;

namespace Smcp.Connections;

/// <summary>
/// Keeps whose connections a server has; each says itself what it is worth.
/// </summary>
internal class ConnectionsGrain : IConnectionsGrain
{
    private readonly IActivationContext _activation;
    private readonly Registrations _registrations;
    private readonly Authorizer _authorizer;
    private readonly ConnectionOptions _options;
    private readonly ServerKey _key;
    private readonly IGrainState<ConnectionsState> _state;

    public ConnectionsGrain(
        IActivationContext activation,
        Registrations registrations,
        Authorizer authorizer,
        IOptions<ConnectionOptions> options)
    {
        _activation = activation;
        _registrations = registrations;
        _authorizer = authorizer;
        _options = options.Value;
        _key = ServerKey.Parse(activation.Key);
        _state = activation.State<ConnectionsState>("connections");
    }

    public async ValueTask<ConnectionClient?> RegisterAsync(
        ClientRegistration registration, CancellationToken cancellationToken)
    {
        if (_state.Value.Client is { } known && known.Issuer == registration.Issuer
            && known.RedirectUri == registration.RedirectUri
            && (known.ExpiresAt is not { } end || _activation.Time.GetUtcNow() < end))
        {
            return known;
        }

        var client = await _registrations.RegisterAsync(_key, registration, cancellationToken);
        if (client is not null)
        {
            _state.Value = _state.Value with { Client = client };
            await _state.WriteAsync(cancellationToken);
        }

        return client;
    }

    public async ValueTask ForgetAsync(string clientId, CancellationToken cancellationToken)
    {
        if (_state.Value.Client?.Id == clientId)
        {
            _state.Value = _state.Value with { Client = null };
            await _state.WriteAsync(cancellationToken);
        }
    }

    public async ValueTask<McpFault?> AddAsync(string owner, CancellationToken cancellationToken)
    {
        var owners = _state.Value.Owners;
        if (owners.Contains(owner))
        {
            return null;
        }

        if (owners.Count >= _options.ConnectionsPerServerMax)
        {
            return new McpFault(FaultReason.LimitExceeded, "The server has too many connections.");
        }

        await WriteAsync([.. owners, owner], cancellationToken);
        return null;
    }

    public async ValueTask RemoveAsync(string owner, CancellationToken cancellationToken)
    {
        if (_state.Value.Owners.Contains(owner))
        {
            await WriteAsync([.. _state.Value.Owners.Where(other => other != owner)], cancellationToken);
        }
    }

    public async ValueTask<ConnectionPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken)
    {
        if (_authorizer.Administer(context, _key.Tenant, writes: false, AdminAreas.Secrets) is { } fault)
        {
            return new ConnectionPage { Fault = fault };
        }

        var (owners, next) = KeyPage.Of(
            _state.Value.Owners.Order(StringComparer.Ordinal), owner => owner, after, countMax);
        var found = await Task.WhenAll(owners.Select(
            owner => Locate(owner).SummarizeAsync(cancellationToken).AsTask()));
        return new ConnectionPage { Connections = [.. found.OfType<ConnectionStanding>()], Next = next };
    }

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        foreach (var some in _state.Value.Owners.Chunk(KeyPage.ItemsMax))
        {
            await Task.WhenAll(some.Select(owner => Locate(owner).EndAsync(cancellationToken).AsTask()));
        }

        if (_state.Exists)
        {
            await _state.ClearAsync(cancellationToken);
        }
    }

    private ValueTask WriteAsync(IReadOnlyList<string> owners, CancellationToken cancellationToken)
    {
        _state.Value = _state.Value with { Owners = owners };
        return _state.WriteAsync(cancellationToken);
    }

    private IConnectionGrain Locate(string owner) => _activation.Grains.Locate<IConnectionGrain>($"{_key}/{owner}");
}
