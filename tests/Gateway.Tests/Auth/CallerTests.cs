using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Network.Forwarding;
using Smcp.Protocol;

namespace Smcp.Auth;

/// <summary>Who calls, and what of that a call carries.</summary>
public sealed class CallerTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly Caller _caller = new(
        new CallerIdentity
        {
            Tenant = Acme,
            Principal = PrincipalId.Parse("user:u"),
            Credential = "grant:g",
            Scopes = [McpScopes.Read],
            Roles = ["mcp-user"],
            Permissions = ["mcp.use:*"],
        },
        isAnonymous: false);

    [Fact]
    public void Anonymous_IsNobodyInParticular_WhoMayUseAPublicServer()
    {
        var caller = Caller.Anonymous(Acme);

        Assert.True(caller.IsAnonymous);
        Assert.Equal((Acme, PrincipalId.Anonymous), (caller.Tenant, caller.Principal));
        Assert.Equal([McpScopes.Tools], caller.Identity.Scopes);
        Assert.Equal(["mcp.*:*"], caller.Identity.Permissions);
        Assert.Empty(caller.Identity.Roles);
        Assert.Equal(TenantId.Platform, Caller.Nobody.Tenant);
        Assert.True(Caller.Nobody.IsAnonymous);
    }

    [Fact]
    public void Context_SaysWhoCalls_AndNothingOfTheCredentialItself()
    {
        var http = Http();

        var context = TenantAuthentication.ContextOf(_caller, McpRevision.V20251125, http, default);

        Assert.Equal((Acme, PrincipalId.Parse("user:u")), (context.Tenant, context.Principal));
        Assert.Equal([McpScopes.Read], context.Scopes);
        Assert.Equal(["mcp-user"], context.Roles);
        Assert.Equal(["mcp.use:*"], context.Permissions);
        Assert.Equal("grant:g", context.Credential);
        Assert.Equal("192.0.2.1", context.Address);
        Assert.Equal("2025-11-25", context.Revision);
        Assert.Equal("correlation", context.CorrelationId);
    }

    [Fact]
    public void Trace_IsTheTransports_UnlessOursBeganOne()
    {
        var http = Http();
        http.Request.Headers.TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        http.Request.Headers.TraceState = "a=1";

        var transport = TenantAuthentication.ContextOf(_caller, McpRevision.V20251125, http, default);
        Assert.Equal(http.Request.Headers.TraceParent.ToString(), transport.TraceParent);
        Assert.Equal("a=1", transport.TraceState);

        using var source = new ActivitySource(GatewayTelemetry.SourceName);
        using var listener = new ActivityListener
        {
            ShouldListenTo = listened => listened == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using var activity = source.StartActivity("test");
        var ours = TenantAuthentication.ContextOf(_caller, McpRevision.V20251125, http, default);
        Assert.Equal(activity!.Id, ours.TraceParent);
    }

    private static DefaultHttpContext Http()
    {
        var http = new DefaultHttpContext { TraceIdentifier = "correlation" };
        http.Features.Set(new ClientAddress(IPAddress.Parse("192.0.2.1"), IPAddress.Loopback));
        return http;
    }
}
