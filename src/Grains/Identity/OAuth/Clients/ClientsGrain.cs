using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Storage;
using Smcp.Tenants;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>A tenant's own clients: who may make and end them, and which there are.</summary>
internal class ClientsGrain : IClientsGrain
{
    private const string Prefix = "app-";
    private const int IdBytes = 16;

    private static readonly McpFault Unknown = new(FaultReason.NotFound, "There is no such client.");

    private readonly IActivationContext _activation;
    private readonly TenantCredentials _credentials;
    private readonly ClientOptions _options;
    private readonly IGrainState<ClientsState> _state;

    public ClientsGrain(IActivationContext activation, Authorizer authorizer, IOptions<ClientOptions> options)
    {
        _activation = activation;
        _credentials = new TenantCredentials(activation, authorizer, AdminAreas.Clients);
        _options = options.Value;
        _state = activation.State<ClientsState>("clients");
    }

    private TenantId Tenant => _credentials.Tenant;

    public async ValueTask<ClientIssued> CreateAsync(
        CallContext context, ClientRequest request, CancellationToken cancellationToken)
    {
        if (RefusalOf(context, writes: true) is { } fault)
        {
            return ClientIssued.Refused(fault);
        }

        if (_state.Value.Clients.Count >= _options.ClientsMax)
        {
            return ClientIssued.Refused(
                new McpFault(FaultReason.LimitExceeded, "The tenant has too many OAuth clients."));
        }

        var tenant = await _credentials.DescribeTenantAsync(cancellationToken);
        var wrong = tenant.Status == TenantStatus.None
            ? new McpFault(FaultReason.NotFound, "There is no such tenant.")
            : ClientRequestRules.Check(context, Tenant, tenant.Configuration, request, _options);
        return wrong is null
            ? await MakeAsync(request, tenant.Generation, cancellationToken)
            : ClientIssued.Refused(wrong);
    }

    public async ValueTask<ClientPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken)
    {
        if (RefusalOf(context, writes: false) is { } fault)
        {
            return new ClientPage { Fault = fault };
        }

        var (ids, next) = KeyPage.Of(_state.Value.Clients, id => id.ToString(), after, countMax);
        var clients = new List<OAuthClient>(ids.Count);
        foreach (var id in ids)
        {
            if ((await Locate(id).DescribeAsync(id, cancellationToken)).Client is { } client)
            {
                clients.Add(client);
            }
        }

        return new ClientPage { Clients = clients, Next = next };
    }

    public async ValueTask<ClientIssued> ReadAsync(
        CallContext context, ClientId client, CancellationToken cancellationToken) =>
        (RefusalOf(context, writes: false) ?? CheckKnown(client)) is { } fault
            ? ClientIssued.Refused(fault)
            : (await Locate(client).DescribeAsync(client, cancellationToken)).Client is { } known
                ? new ClientIssued { Client = known }
                : ClientIssued.Refused(Unknown);

    public async ValueTask<ClientIssued> RotateSecretAsync(
        CallContext context, ClientId client, TimeSpan? grace, CancellationToken cancellationToken)
    {
        var fault = RefusalOf(context, writes: true) ?? CheckKnown(client);
        if (fault is null)
        {
            var roles = await RolesOfAsync(client, cancellationToken);
            fault = await _credentials.RefusalOfRotationAsync(context, roles, grace, cancellationToken);
        }

        if (fault is not null)
        {
            return ClientIssued.Refused(fault);
        }

        var rotated = await Locate(client).RotateSecretAsync(grace, cancellationToken);
        return rotated.Secret is not null
            ? new ClientIssued { Client = rotated.Client, Secret = rotated.Secret }
            : ClientIssued.Refused(new McpFault(FaultReason.InvalidParams, "The client has no secret."));
    }

    public async ValueTask<McpFault?> DeleteAsync(
        CallContext context, ClientId client, CancellationToken cancellationToken)
    {
        var fault = RefusalOf(context, writes: true)
            ?? CheckKnown(client)
            ?? await _credentials.RefusalOverAsync(
                context, await RolesOfAsync(client, cancellationToken), cancellationToken);
        if (fault is not null)
        {
            return fault;
        }

        // The client first: one that is there is always listed.
        await Locate(client).DeleteAsync(cancellationToken);
        await WriteAsync([.. _state.Value.Clients.Where(id => id != client)], cancellationToken);
        return null;
    }

    private async ValueTask<ClientIssued> MakeAsync(
        ClientRequest request, int generation, CancellationToken cancellationToken)
    {
        var id = ClientId.Parse(Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)));
        await WriteAsync(
            [.. _state.Value.Clients.Append(id).OrderBy(known => known.ToString(), StringComparer.Ordinal)],
            cancellationToken);
        var created = await Locate(id).CreateAsync(
            new OAuthClient
            {
                Id = id,
                Source = ClientSource.Tenant,
                Tenant = Tenant,
                TenantGeneration = generation,
                Name = request.Name,
                RedirectUris = request.RedirectUris,
                GrantTypes = ClientRequestRules.GrantTypesOf(request),
                Authentication = request.Authentication,
                Scopes = request.Scopes,
                Roles = request.Roles,
                Keys = request.Keys,
                JwksUri = request.JwksUri,
                RegisteredAt = _activation.Time.GetUtcNow(),
            },
            cancellationToken);
        return new ClientIssued { Client = created.Client, Secret = created.Secret };
    }

    private ValueTask WriteAsync(IReadOnlyList<ClientId> clients, CancellationToken cancellationToken)
    {
        _state.Value = new ClientsState { Clients = clients };
        return _state.WriteAsync(cancellationToken);
    }

    private McpFault? RefusalOf(CallContext context, bool writes) =>
        _credentials.RefusalOf(context, writes);

    private async ValueTask<IReadOnlyList<string>> RolesOfAsync(
        ClientId client, CancellationToken cancellationToken) =>
        (await Locate(client).DescribeAsync(client, cancellationToken)).Client?.Roles ?? [];

    private McpFault? CheckKnown(ClientId client) => _state.Value.Clients.Contains(client) ? null : Unknown;

    private IClientGrain Locate(ClientId client) =>
        _activation.Grains.Locate<IClientGrain>(ClientKey.Of(client));
}
