using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.ResourceServer;
using Smcp.Runtimes.CSharp;
using Smcp.Samples.Notes;
using Smcp.Security.Encryption;
using Smcp.Servers;
using Smcp.Sessions;

namespace Smcp.Threats;

/// <summary>The threats of the group Session.</summary>
internal static class SessionThreats
{
    private const string Revision = "2025-11-25";

    public static IReadOnlyList<Threat> All { get; } =
    [
        new("use of a session by another user", "SessionGrain.Refuse", LaxSessions(),
            removal => WithTwoAsync(removal, async (_, other) => (await other.SendAsync("ping")).StatusCode)),
        new("reading the streams of another's session", "SessionGrain.Refuse", LaxSessions(),
            removal => WithTwoAsync(removal, async (_, other) => (await other.AskAsync(HttpMethod.Get)).StatusCode)),
        new("deletion of a session by another", "SessionGrain.Refuse", LaxSessions(),
            removal => WithTwoAsync(removal, async (owner, other) =>
            {
                await other.AskAsync(HttpMethod.Delete);
                return (await owner.SendAsync("ping")).StatusCode == HttpStatusCode.NotFound
                    ? HttpStatusCode.OK
                    : HttpStatusCode.NotFound;
            })),
        new("use of a session after its idle time", "SessionOptions.IdleTimeout",
            Removal.OfLimit(("Smcp:Sessions:IdleTimeout", "30.00:00:00")), OutliveAsync),
        new("a stream that goes on after its credential was revoked", "SseConnection.IsStillAdmittedAsync",
            Removal.OfLimit(("Smcp:Gateway:Auth:CredentialLifetime", "00:01:00")),
            removal => ListenOnAsync(removal, async (host, key) =>
                await host.Grains.Locate<IApiKeysGrain>("default").RevokeAsync(Administrator, key, default))),
        new("a stream that goes on after its reader may not reach the server any more", nameof(StreamGate),
            Removal.OfLimit(("Smcp:Instances:PolicyLifetime", "00:01:00")),
            removal => ListenOnAsync(removal, async (host, _) =>
                await host.Grains.Locate<IServerGrain>("default/notes").SetAccessAsync(
                    Administrator, OnlyFor("user:somebody-else"), null, default))),
        new("a requestState of another user, changed to fit", nameof(AesGcmSealer),
            Removal.OfService<ISealer>(_ => new NoSealer()), SwapStateAsync),
    ];

    private static CallContext Administrator => SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*");

    private static ServerAccess OnlyFor(string principal) =>
        new() { Kind = ServerAccessKind.Named, Principals = [PrincipalId.Parse(principal)] };

    /// <summary>A session that takes everybody for whoever spoke to it first.</summary>
    private static Removal LaxSessions() => Removal.OfGrain<ISessionGrain, IWholeSession>((grain, _) =>
    {
        CallContext? first = null;
        return Removal.Pretend<IWholeSession>(
            grain,
            context =>
            {
                first ??= context;
                return context with { Tenant = first.Tenant, Principal = first.Principal };
            });
    });

    private static async Task<bool> WithTwoAsync(
        Removal removal, Func<McpCaller, McpCaller, Task<HttpStatusCode>> attack)
    {
        await using var host = await StartAsync(removal);
        var owner = await (await CallerAsync(host)).OpenAsync();
        var other = await CallerAsync(host);
        other.Session = owner.Session;
        return await attack(owner, other) == HttpStatusCode.OK;
    }

    private static async Task<bool> OutliveAsync(Removal removal)
    {
        await using var host = await StartAsync(removal);
        var caller = await (await CallerAsync(host)).OpenAsync();
        host.Clock.Leap(TimeSpan.FromHours(2));
        using var response = await caller.SendAsync("ping");
        return response.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>Whether the stream is open three heartbeats after something was done about its reader.</summary>
    private static async Task<bool> ListenOnAsync(Removal removal, Func<SecurityHost, string, Task> act)
    {
        await using var host = await StartAsync(removal);
        var key = await ResourceServerHost.IssueAsync(host, "mcp-user", McpScopes.Tools);
        var caller = await McpCaller.Of(host, Revision, key.Text).OpenAsync();
        using var stream = await caller.AskAsync(HttpMethod.Get);
        await act(host, key.Info!.KeyId);
        var end = ReadToEndAsync(stream);
        for (var i = 0; i < 3 && !end.IsCompleted; i++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(15));
            await Task.WhenAny(end, PingAsync(host));
        }

        return !end.IsCompleted;
    }

    /// <summary>Something that takes a moment of real time, so that what was set off can come.</summary>
    private static async Task PingAsync(SecurityHost host)
    {
        for (var i = 0; i < 20; i++)
        {
            using var response = await host.Client.GetAsync("/jwks");
        }
    }

    private static async Task ReadToEndAsync(HttpResponseMessage stream)
    {
        try
        {
            await (await stream.Content.ReadAsStreamAsync()).CopyToAsync(System.IO.Stream.Null);
        }
        catch (IOException)
        {
            // Its end, by the other side.
        }
    }

    /// <summary>
    /// Alice asks to remove a note and is asked back. Mallory answers with her state: as it is, and made his.
    /// </summary>
    private static async Task<bool> SwapStateAsync(Removal removal)
    {
        await using var host = await StartAsync(removal);
        var (alice, hers) = await StatelessAsync(host);
        var (mallory, his) = await StatelessAsync(host);
        await alice.CallAsync("tools/call", """{"name":"add_note","arguments":{"title":"t","text":"x"}}""");
        var asking = alice.CallAsync("tools/call", Remove(null));
        while (!asking.IsCompleted)
        {
            // The server waits for its answer; once the answer window is over, its question goes out.
            host.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(asking, PingAsync(host));
        }

        var state = (string)(await asking)["result"]!["requestState"]!;
        foreach (var text in new[] { state, Rewritten(state, hers, his) })
        {
            using var answer = await mallory.SendAsync("tools/call", Remove(text));
            if ((await answer.Content.ReadAsStringAsync()).Contains("Removed note", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string Remove(string? state)
    {
        var json = JsonNode.Parse("""{"name":"remove_note","arguments":{"id":1}}""")!.AsObject();
        if (state is not null)
        {
            json["requestState"] = state;
            json["inputResponses"] = JsonNode.Parse("""{"input_1":{"action":"accept","content":{}}}""");
        }

        return json.ToJsonString();
    }

    /// <summary>The same state with another's name in it, where it can be read.</summary>
    private static string Rewritten(string state, string from, string to) => Base64Url.EncodeToString(
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Base64Url.DecodeFromChars(state))
            .Replace(from, to, StringComparison.Ordinal)));

    private static async Task<(McpCaller Caller, string Principal)> StatelessAsync(SecurityHost host)
    {
        var key = await ResourceServerHost.IssueAsync(host, "mcp-user", McpScopes.Tools);
        var caller = new McpCaller(host, "2026-07-28", key.Text) { Capabilities = """{"elicitation":{}}""" };
        return (caller, $"key:{key.Info!.KeyId}");
    }

    private static Task<SecurityHost> StartAsync(Removal removal) =>
        removal.StartAsync(services => services.AddCSharpServers(typeof(NotesServer).Assembly));

    private static async Task<McpCaller> CallerAsync(SecurityHost host) =>
        McpCaller.Of(host, Revision, await ResourceServerHost.KeyAsync(host, "mcp-user", McpScopes.Tools));

    /// <summary>What the engine looks for in a session's grain.</summary>
    internal interface IWholeSession : ISessionGrain, IGrainLifecycle;

    /// <summary>Lets everybody read and write what it gives out.</summary>
    private sealed class NoSealer : ISealer
    {
        public ValueTask<string> SealAsync(
            string purpose, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
            new(Base64Url.EncodeToString(content.Span));

        public ValueTask<byte[]?> OpenAsync(string purpose, string text, CancellationToken cancellationToken) =>
            new(Base64Url.DecodeFromChars(text));
    }
}
