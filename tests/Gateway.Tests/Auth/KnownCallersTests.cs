using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.TestSupport;

namespace Smcp.Auth;

/// <summary>How long a credential is taken for valid without asking, and what is recorded of its use.</summary>
public sealed class KnownCallersTests
{
    private const string Resource = "https://smcp.example/t/acme/s/notes/mcp";

    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly ManualTimeProvider _time = new();
    private readonly RecordedAudit _audit = new();
    private readonly FakeScheme _scheme = new("key-");
    private readonly KnownCallers _callers;

    public KnownCallersTests() => _callers = new KnownCallers(
        [new FakeScheme("other-"), _scheme],
        new AuthAudit(_audit),
        _time,
        Options.Create(new AuthOptions { CredentialLifetime = Lifetime }));

    [Fact]
    public async Task Caller_IsRemembered_ForItsLifetime()
    {
        var (first, _) = await FindAsync("key-1");
        _time.Advance(Lifetime - Tick);
        var (second, refused) = await FindAsync("key-1");

        Assert.Same(first, second);
        Assert.Null(refused);
        Assert.False(first!.IsAnonymous);
        Assert.Equal(1, _scheme.Asked);
        _time.Advance(Tick);
        await FindAsync("key-1");
        Assert.Equal(2, _scheme.Asked);
    }

    [Fact]
    public async Task Caller_IsRemembered_ForItsCredentialAndResourceOnly()
    {
        await FindAsync("key-1");
        await FindAsync("key-2");
        await FindAsync("key-1", Resource + "/");

        Assert.Equal(3, _scheme.Asked);
    }

    [Fact]
    public async Task Caller_IsAskedForAgain_OnceItsCredentialEnds()
    {
        _scheme.ExpiresAt = _time.GetUtcNow() + TimeSpan.FromSeconds(1);
        await FindAsync("key-1");
        _time.Advance(TimeSpan.FromSeconds(1) - Tick);
        await FindAsync("key-1");
        Assert.Equal(1, _scheme.Asked);

        _time.Advance(Tick);
        await FindAsync("key-1");
        Assert.Equal(2, _scheme.Asked);
    }

    [Fact]
    public async Task Refusal_IsNotRemembered_AndEndsWhatWas()
    {
        await FindAsync("key-1");
        _scheme.IsValid = false;
        _time.Advance(Lifetime);

        var (caller, refused) = await FindAsync("key-1");
        await FindAsync("key-1");

        Assert.Null(caller);
        Assert.Equal("revoked", refused!.Cause);
        Assert.Equal(3, _scheme.Asked);
    }

    [Fact]
    public async Task Credential_IsMalformed_WhenItIsOfNoScheme()
    {
        var (caller, refused) = await FindAsync("nothing");

        Assert.Null(caller);
        Assert.Equal("malformed", refused!.Cause);
        Assert.Equal(0, _scheme.Asked);
    }

    [Fact]
    public async Task Use_IsRecorded_WithHowOftenItWas()
    {
        await FindAsync("key-1");
        await FindAsync("key-1");
        await FindAsync("key-1");
        _time.Advance(Lifetime);
        await FindAsync("key-1");

        Assert.Equal([1L, 3L], _audit.Events.Select(e => e.Count));
        var accepted = _audit.Events[0];
        Assert.Equal(AuditActions.AuthSuccess, accepted.Action);
        Assert.Equal(AuditOutcome.Success, accepted.Outcome);
        Assert.Equal(Acme, accepted.Tenant);
        Assert.Equal("key:k", accepted.Principal);
        Assert.Equal("key:k", accepted.Credential);
        Assert.Equal("session", accepted.Session);
        Assert.Equal("correlation", accepted.CorrelationId);
        Assert.DoesNotContain("key-1", _audit.Text, StringComparison.Ordinal);
    }

    private ValueTask<(Caller? Caller, CredentialLookup? Refused)> FindAsync(
        string credential, string resource = Resource)
    {
        var http = new DefaultHttpContext { TraceIdentifier = "correlation" };
        http.Request.Headers["Mcp-Session-Id"] = "session";
        return _callers.FindAsync(http, credential, new CredentialUse(resource, Acme));
    }

    private sealed class FakeScheme(string prefix) : ICredentialScheme
    {
        public bool IsValid { get; set; } = true;

        public DateTimeOffset? ExpiresAt { get; set; }

        public int Asked { get; private set; }

        public bool Accepts(string credential) => credential.StartsWith(prefix, StringComparison.Ordinal);

        public ValueTask<CredentialLookup> VerifyAsync(
            string credential, CredentialUse use, CancellationToken cancellationToken)
        {
            Asked++;
            return ValueTask.FromResult(IsValid
                ? CredentialLookup.Of(new CallerIdentity
                {
                    Tenant = Acme,
                    Principal = PrincipalId.Parse("key:k"),
                    Credential = "key:k",
                    ExpiresAt = ExpiresAt,
                })
                : CredentialLookup.Refused("revoked"));
        }
    }
}
