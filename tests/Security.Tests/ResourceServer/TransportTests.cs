using System.Text;
using Smcp.Identity;
using Smcp.Protocol;

namespace Smcp.ResourceServer;

/// <summary>RS16, RS19: the body of a message decides, and a credential goes no further than the gateway.</summary>
public sealed class TransportTests : IAsyncLifetime
{
    private const string Add = """{"name":"add_note","arguments":{"title":"a","text":"b"}}""";

    private SecurityHost _host = null!;

    public static TheoryData<string> Revisions => McpCaller.Revisions;

    public static TheoryData<string> SessionRevisions => McpCaller.SessionRevisions;

    public async Task InitializeAsync() => _host = await ResourceServerHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    /// <summary>A header that names a harmless tool lets nobody call another.</summary>
    [Theory]
    [MemberData(nameof(SessionRevisions))]
    public async Task RS16_HeadersOfTheNewEra_DecideNothingInAnOlder(string revision)
    {
        var key = await ResourceServerHost.KeyAsync(_host, "read-only", McpScopes.Tools);
        var caller = await McpCaller.Of(_host, revision, key).OpenAsync();
        _host.Client.DefaultRequestHeaders.Add(McpHeaders.Method, "ping");
        _host.Client.DefaultRequestHeaders.Add(McpHeaders.Name, "search_notes");

        using var response = await caller.SendAsync("tools/call", Add);

        Assert.Equal(403, (int)response.StatusCode);
    }

    /// <summary>The credential is in no state, log record or answer once the call is over.</summary>
    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task RS19_Credential_GoesNoFurtherThanTheGateway(string revision)
    {
        var key = await ResourceServerHost.KeyAsync(_host, "mcp-user", McpScopes.Tools);
        var caller = await McpCaller.Of(_host, revision, key).OpenAsync();

        var answer = await caller.CallAsync("tools/call", Add);

        Assert.DoesNotContain(key, answer.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEmpty(_host.States.States);
        Assert.DoesNotContain(
            _host.States.States.Values,
            state => Encoding.UTF8.GetString(state.Payload.Span).Contains(key, StringComparison.Ordinal));
    }
}
