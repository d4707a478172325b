using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>
/// Keeps one grant. Calls that redeem run one at a time: of many that show one code or refresh token, one wins. A token
/// is signed before the state that it belongs to is written, and given out after.
/// </summary>
internal partial class GrantGrain : IGrantGrain, IRemindable
{
    private readonly IActivationContext _activation;
    private readonly GrantOptions _options;
    private readonly OAuthAudit _audit;
    private readonly SecretDigester _digester;
    private readonly RefreshChains _chains;
    private readonly ILogger _logger;
    private readonly GrantStandings _standings;
    private readonly GrantLife _life;
    private readonly GrantKey _key;

    public GrantGrain(
        IActivationContext activation,
        OAuthAudit audit,
        SecretDigester digester,
        IOptions<GrantOptions> options,
        ILogger<GrantGrain> logger)
    {
        _activation = activation;
        _options = options.Value;
        _audit = audit;
        _digester = digester;
        _chains = new RefreshChains(digester);
        _logger = logger;
        _standings = new GrantStandings(activation.Grains);
        _key = GrantKey.Parse(activation.Key);
        _life = new GrantLife(activation, _key, audit, _options, logger);
    }

    private DateTimeOffset Now => _activation.Time.GetUtcNow();

    private GrantState Grant => _life.Grant;

    public async Task<CodeIssue> AuthorizeAsync(
        CallContext context, GrantRequest request, CancellationToken cancellationToken)
    {
        var client = await _standings.ClientAsync(request.Client, cancellationToken);
        var tenant = await _standings.TenantAsync(_key.Tenant, cancellationToken);
        if (Grant.Client is not null)
        {
            return new CodeIssue { Refusal = TokenRefusal.UnknownGrant };
        }

        if (AuthorizationRules.Check(_key, context, request, client, tenant) is { } refusal)
        {
            return new CodeIssue { Refusal = refusal };
        }

        var code = AuthorizationCode.Create(_key);
        var now = Now;
        var grant = new GrantState
        {
            Client = request.Client,
            ClientName = client!.Name,
            GrantedAt = now,
            UsedAt = now,
            Principal = context.Principal,
            TenantGeneration = tenant.Generation,
            Resource = request.Resource,
            Scopes = request.Scopes,
            RedirectUri = request.RedirectUri,
            CodeChallenge = request.CodeChallenge,
            CodeDigest = await _digester.DigestAsync(code, cancellationToken),
            CodeExpiresAt = now + _options.CodeLifetime,
            IsRefreshable = client.GrantTypes.Contains(GrantTypes.RefreshToken),
            EndsAt = now + _options.GrantLifetime,
            IdleEndsAt = now + _options.CodeLifetime,
        };
        await UseClientAsync(request.Client, cancellationToken);
        await _life.ListAsync(context.Principal, request.Client, cancellationToken);
        await _life.WriteAsync(grant, cancellationToken);
        return new CodeIssue { Code = code };
    }

    public async Task<TokenOutcome> RedeemAsync(CodeRedemption redemption, CancellationToken cancellationToken)
    {
        var isCode = await _digester.MatchesAsync(redemption.Code, Grant.CodeDigest, cancellationToken);
        if (CodeRules.Check(Grant, redemption, isCode, Now) is { } refusal)
        {
            return await RefuseAsync(refusal, cancellationToken);
        }

        var first = Grant.IsRefreshable ? RefreshToken.First() : null;
        var next = Grant with
        {
            IsCodeRedeemed = true,
            Refresh = first is null ? null : await _chains.BeginAsync(first, Now, cancellationToken),
        };
        return await IssueAsync(next, Grant.Scopes, redemption.Issuer, first, cancellationToken);
    }

    public async Task<TokenOutcome> RefreshAsync(RefreshRedemption redemption, CancellationToken cancellationToken)
    {
        var token = Grant.Refresh is { } held ? RefreshToken.Read(redemption.RefreshToken, held.TagKey) : null;
        var attempt = new RefreshAttempt
        {
            Grant = Grant,
            Token = token,
            Match = token is null
                ? RefreshMatch.Other
                : await _chains.MatchAsync(Grant.Refresh!, token, cancellationToken),
            Redemption = redemption,
            Now = Now,
            Leeway = _options.RefreshLeeway,
        };
        if (RefreshRules.Check(attempt) is { } refusal)
        {
            return await RefuseAsync(refusal, cancellationToken);
        }

        var chain = attempt.Match == RefreshMatch.Current
            ? await _chains.RotateAsync(Grant.Refresh!, token!, Now, cancellationToken)
            : Grant.Refresh!;
        return await IssueAsync(
            Grant with { Refresh = chain },
            redemption.Scopes ?? Grant.Scopes,
            redemption.Issuer,
            token!.Next(chain.Salt),
            cancellationToken);
    }

    public async Task<TokenOutcome> IssueAsync(ClientTokenRequest request, CancellationToken cancellationToken)
    {
        var client = await _standings.ClientAsync(request.Client, cancellationToken);
        var tenant = await _standings.TenantAsync(_key.Tenant, cancellationToken);
        if (Grant.Client is not null || client?.Tenant != _key.Tenant
            || client.Authentication == ClientAuthentication.None
            || !AuthorizationRules.MayActIn(client, _key.Tenant, GrantTypes.ClientCredentials))
        {
            return TokenOutcome.Refused(TokenRefusal.ClientRefused);
        }

        var asked = request.Scopes ?? (client.Scopes.Count > 0 ? client.Scopes : McpScopes.All);
        if (client.Scopes.Count > 0 && !asked.All(scope => McpScopes.Cover(client.Scopes, scope)))
        {
            return TokenOutcome.Refused(TokenRefusal.ScopeTooBroad);
        }

        var grant = new GrantState
        {
            Client = request.Client,
            GrantedAt = Now,
            Principal = GrantStandings.PrincipalOf(request.Client),
            TenantGeneration = tenant.Generation,
            Resource = request.Resource,
            Scopes = asked,
            EndsAt = Now + _options.GrantLifetime,
        };
        return await IssueAsync(grant, asked, request.Issuer, refresh: null, cancellationToken);
    }

    public async Task RevokeTokenAsync(TokenRevocation revocation, CancellationToken cancellationToken)
    {
        if (Grant.Client != revocation.Client || Grant.IsRevoked)
        {
            return;
        }

        if (revocation.RefreshToken is { } text)
        {
            if (Grant.Refresh is { } chain && RefreshToken.Read(text, chain.TagKey) is not null)
            {
                await _life.EndAsync("its client revoked it", cancellationToken);
            }
        }
        else if (revocation.AccessTokenId is { } id)
        {
            await _life.RevokeAsync(new RevokedToken(id, revocation.AccessExpiresAt), cancellationToken);
        }
    }

    public Task EndAsync(string cause, CancellationToken cancellationToken) =>
        _life.EndAsync(cause, cancellationToken);

    public ValueTask<GrantSummary?> SummarizeAsync(CancellationToken cancellationToken) =>
        new(Grant.Client is { } client && !Grant.IsOver(Now)
            ? new GrantSummary
            {
                Id = _key.Grant,
                Client = client,
                ClientName = Grant.ClientName,
                RedirectUri = Grant.RedirectUri is "" ? null : Grant.RedirectUri,
                Resource = Grant.Resource,
                Scopes = Grant.Scopes,
                GrantedAt = Grant.GrantedAt,
                UsedAt = Grant.UsedAt,
                EndsAt = Grant.EndsAt < Grant.IdleEndsAt ? Grant.EndsAt : Grant.IdleEndsAt,
            }
            : null);

    public async ValueTask<CredentialLookup> DescribeAsync(string accessTokenId, CancellationToken cancellationToken)
    {
        var grant = Grant;
        if (grant.Client is null)
        {
            return CredentialLookup.Refused("unknown");
        }

        if (grant.IsRevoked || grant.RevokedTokens.Any(token => token.Id == accessTokenId))
        {
            return CredentialLookup.Refused("revoked");
        }

        var (principal, refusal) = await _standings.OfAsync(_key.Tenant, grant, cancellationToken);
        return principal is null
            ? CredentialLookup.Refused(refusal == TokenRefusal.TenantRefused ? "suspended" : "revoked")
            : CredentialLookup.Of(new CallerIdentity
            {
                Tenant = _key.Tenant,
                Principal = grant.Principal,
                Credential = $"grant:{_key.Grant}",
                Scopes = ScopeRules.Reduce(grant.Scopes, principal.Permissions),
                Roles = principal.Roles,
                Permissions = principal.Permissions,
            });
    }

    public Task OnReminderAsync(string name, CancellationToken cancellationToken) =>
        _life.LookAsync(cancellationToken);

    /// <summary>
    /// Signs a token for the scopes that the principal's roles allow, stores the grant that it belongs to, and gives it
    /// out. If anything fails before the state is written, nothing was redeemed.
    /// </summary>
    private async Task<TokenOutcome> IssueAsync(
        GrantState next,
        IReadOnlyList<string> asked,
        string issuer,
        RefreshToken? refresh,
        CancellationToken cancellationToken)
    {
        var (principal, refusal) = await _standings.OfAsync(_key.Tenant, next, cancellationToken);
        if (principal is null)
        {
            return await RefuseAsync(refusal!.Value, cancellationToken);
        }

        var scopes = ScopeRules.Reduce(asked, principal.Permissions);
        if (scopes.Count == 0)
        {
            return await RefuseAsync(TokenRefusal.NothingPermitted, cancellationToken);
        }

        // A client that only refreshes is used all the same: it outlives its own time-out by it.
        await UseClientAsync(next.Client!.Value, cancellationToken);
        var times = TokenTimes.From(Now, _options.AccessTokenLifetime);
        var claims = AccessTokenClaims.Write(_key, next, issuer, scopes, times);
        var token = await _activation.Grains.Locate<ISigningKeysGrain>(ISigningKeysGrain.Key)
            .SignAsync(claims, cancellationToken);
        next = next with
        {
            UsedAt = Now,
            IdleEndsAt = refresh is null ? times.ExpiresAt + GrantLife.ReminderMin : Now + _options.RefreshIdle,
        };
        await _life.WriteAsync(next, cancellationToken);
        _audit.TokenIssued(_key, next.Principal, next.Client!.Value);
        return TokenOutcome.Of(new IssuedTokens
        {
            AccessToken = token,
            Lifetime = _options.AccessTokenLifetime,
            Scopes = scopes,
            RefreshToken = refresh?.Write(_key, next.Refresh!.TagKey),
        });
    }

    private Task UseClientAsync(ClientId client, CancellationToken cancellationToken) =>
        _activation.Grains.Locate<IClientGrain>(ClientKey.Of(client)).UseAsync(cancellationToken);

    /// <summary>What a valid request showed a second time was stolen by one of two: nobody keeps it.</summary>
    private async Task<TokenOutcome> RefuseAsync(TokenRefusal refusal, CancellationToken cancellationToken)
    {
        LogRefused(_logger, _key.Grant, refusal);
        _audit.TokenRefused(_key, Grant.Principal, Grant.Client, refusal);
        if (refusal is TokenRefusal.CodeReplayed or TokenRefusal.RefreshReused)
        {
            await _life.EndAsync(refusal.ToString(), cancellationToken);
        }

        return TokenOutcome.Refused(refusal);
    }
}
