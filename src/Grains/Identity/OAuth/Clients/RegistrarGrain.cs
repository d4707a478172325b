using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>Registers clients that ask for it themselves. Its counts are in memory: they need not outlive it.</summary>
internal partial class RegistrarGrain : IRegistrarGrain
{
    private const string Prefix = "dyn-";
    private const int IdBytes = 16;

    private readonly IActivationContext _activation;
    private readonly OAuthAudit _audit;
    private readonly ClientOptions _options;
    private readonly ILogger _logger;
    private readonly RegistrationWindow _window;

    public RegistrarGrain(
        IActivationContext activation,
        OAuthAudit audit,
        IOptions<ClientOptions> options,
        ILogger<RegistrarGrain> logger)
    {
        _activation = activation;
        _audit = audit;
        _options = options.Value;
        _logger = logger;
        _window = new RegistrationWindow(_options);
    }

    public async Task<ClientCreation> RegisterAsync(
        ReadOnlyMemory<byte> metadata, string address, CancellationToken cancellationToken)
    {
        var now = _activation.Time.GetUtcNow();
        if (ClientMetadata.Read(metadata) is not { } read)
        {
            return Refused(new ClientProblem(ClientRefusal.InvalidMetadata, "The body is not a JSON object."), address);
        }

        if (ClientMetadataRules.CheckRegistration(read, _options) is { } problem)
        {
            return Refused(problem, address);
        }

        if (!_window.TryTake(address, now))
        {
            return Refused(
                new ClientProblem(ClientRefusal.TooMany, "Too many clients registered; try again later."), address);
        }

        var id = ClientId.Parse(Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)));
        var client = Clients.Of(
            id, ClientSource.Dynamic, ClientAuthentications.Parse(read.Authentication)!.Value, read, now);
        var created = await _activation.Grains.Locate<IClientGrain>(ClientKey.Of(id))
            .CreateAsync(client, cancellationToken);
        _audit.ClientRegistered(client, address);
        return created;
    }

    private ClientCreation Refused(ClientProblem problem, string address)
    {
        _audit.RegistrationRefused(problem.Reason.ToString(), address);
        LogRefused(_logger, problem.Description);
        return new ClientCreation { Problem = problem };
    }
}
