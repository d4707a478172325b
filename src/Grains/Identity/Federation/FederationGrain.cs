using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity.Jose;
using Smcp.Identity.Users;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Tenants;

namespace Smcp.Identity.Federation;

/// <summary>
/// Sends browsers to the tenant's provider and takes them back: authorization code with PKCE, nonce and state; then the
/// provider's token, by its rules; then the user.
/// </summary>
internal class FederationGrain : IFederationGrain
{
    private const string Message = "Your organization's log-in could not be completed. Please try again.";

    private readonly IActivationContext _activation;
    private readonly OidcProvider _provider;
    private readonly Authorizer _authorizer;
    private readonly FederationOptions _options;
    private readonly TenantId _tenant;
    private readonly ProviderMemory _memory;
    private readonly IGrainState<FederationState> _state;

    public FederationGrain(
        IActivationContext activation,
        OidcProvider provider,
        Authorizer authorizer,
        IOptions<FederationOptions> options)
    {
        _activation = activation;
        _authorizer = authorizer;
        _provider = provider;
        _options = options.Value;
        _tenant = TenantId.Parse(activation.Key);
        _memory = new ProviderMemory(provider, _options, activation.Time);
        _state = activation.State<FederationState>("secret");
    }

    public async ValueTask<McpFault?> SetSecretAsync(
        CallContext context, string? secret, CancellationToken cancellationToken)
    {
        if (_authorizer.Administer(context, _tenant, writes: true, AdminAreas.Secrets) is { } fault)
        {
            return fault;
        }

        _state.Value = new FederationState { Secret = secret };
        await _state.WriteAsync(cancellationToken);
        return null;
    }

    public async Task<FederationOutcome> BeginAsync(FederationStart start, CancellationToken cancellationToken)
    {
        if (await ConfigurationAsync(cancellationToken) is not { } federation)
        {
            return FederationOutcome.NotConfigured;
        }

        if (await _memory.MetadataAsync(federation.Issuer, cancellationToken) is not { } metadata)
        {
            return FederationOutcome.Refused("discovery", Message);
        }

        var attempt = new FederationAttempt
        {
            Issuer = federation.Issuer,
            Nonce = Secret.Create(),
            Verifier = Secret.Create(),
            Request = start.Request,
            ExpiresAt = _activation.Time.GetUtcNow() + _options.AttemptLifetime,
        };
        await AttemptOf(start.State).BeginAsync(attempt, start.Browser, cancellationToken);
        return new FederationOutcome { Location = LocationOf(metadata, federation, start, attempt) };
    }

    public async Task<FederationOutcome> CompleteAsync(FederationReturn back, CancellationToken cancellationToken)
    {
        if (await AttemptOf(back.State).TakeAsync(back.Browser, cancellationToken) is not { } attempt)
        {
            return FederationOutcome.NoAttempt;
        }

        if (await ConfigurationAsync(cancellationToken) is not { } federation
            || federation.Issuer != attempt.Issuer
            || await _memory.MetadataAsync(federation.Issuer, cancellationToken) is not { } metadata)
        {
            return FederationOutcome.Refused("discovery", Message);
        }

        // RFC 9207 section 2.4: a provider that says who it is says it always, and is believed only if it is the one.
        if (back.Issuer != attempt.Issuer && (back.Issuer is not null || metadata.SaysIssuer))
        {
            return FederationOutcome.Refused("issuer", Message);
        }

        if (back.Code is not { } code)
        {
            return FederationOutcome.Refused("denied", "Your organization did not let you in.");
        }

        var text = await _provider.RedeemAsync(
            metadata,
            new CodeExchange
            {
                Code = code,
                Verifier = attempt.Verifier,
                RedirectUri = back.RedirectUri,
                ClientId = federation.ClientId,
                Secret = _state.Value.Secret,
            },
            cancellationToken);
        return text is not null && SignedToken.Read(text) is { } token
            ? await EnterAsync(metadata, federation, attempt, token, cancellationToken)
            : FederationOutcome.Refused("token", Message);
    }

    private async Task<FederationOutcome> EnterAsync(
        ProviderMetadata metadata,
        TenantFederation federation,
        FederationAttempt attempt,
        SignedToken token,
        CancellationToken cancellationToken)
    {
        var terms = new IdTokenTerms
        {
            Issuer = federation.Issuer,
            ClientId = federation.ClientId,
            Nonce = attempt.Nonce,
            Keys = await _memory.KeysAsync(metadata, token, cancellationToken),
            Now = _activation.Time.GetUtcNow(),
            Skew = _options.ClockSkew,
        };
        if (IdTokenRules.Check(token, terms) is { } broken)
        {
            return FederationOutcome.Refused(broken, Message);
        }

        if (FederatedClaims.Read(token, federation) is not { } login)
        {
            return FederationOutcome.Refused("domain", "Your account may not enter this organization.");
        }

        var entered = await _activation.Grains.Locate<IUserDirectoryGrain>(_activation.Key)
            .EnterFederatedAsync(login, cancellationToken);
        return entered.Fault is { } fault
            ? FederationOutcome.Refused("account", fault.Message)
            : new FederationOutcome { Login = entered, Request = attempt.Request };
    }

    private static string LocationOf(
        ProviderMetadata metadata, TenantFederation federation, FederationStart start, FederationAttempt attempt)
    {
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(attempt.Verifier)));
        var parameters = new (string Name, string Value)[]
        {
            ("response_type", "code"),
            ("client_id", federation.ClientId),
            ("redirect_uri", start.RedirectUri),
            ("scope", string.Join(' ', ["openid", .. federation.Scopes])),
            ("state", start.State),
            ("nonce", attempt.Nonce),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        };
        var query = string.Join('&', parameters.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        var separator = metadata.Authorization.Query.Length > 0 ? '&' : '?';
        return $"{metadata.Authorization.AbsoluteUri}{separator}{query}";
    }

    private IFederationAttemptGrain AttemptOf(string state) => _activation.Grains.Locate<IFederationAttemptGrain>(
        BrowserSessionKey.Of(_tenant, state).ToString());

    private async ValueTask<TenantFederation?> ConfigurationAsync(CancellationToken cancellationToken)
    {
        var tenant = await _activation.Grains.Locate<ITenantGrain>(_activation.Key).DescribeAsync(cancellationToken);
        return tenant.Status == TenantStatus.Active ? tenant.Configuration.Federation : null;
    }
}
