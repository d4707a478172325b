using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Smcp.Protocol;

namespace Smcp.Tenancy;

/// <summary>
/// Two tenants at once, through one gateway to the same server's code. Whatever a request says holds a marker of its
/// tenant and itself, and everything that comes back is searched for markers of others.
/// </summary>
internal sealed partial class Interleaving(TwoTenants world, int seed)
{
    private const int Workers = 16;
    private const int ListenersPerTenant = 4;
    private const string Revision = "2025-11-25";
    private const string Stateless = "2026-07-28";

    private static readonly string[] Tenants = [TwoTenants.One, TwoTenants.Other];

    private readonly ConcurrentQueue<string> _foreign = new();
    private readonly ConcurrentDictionary<string, int> _kinds = new();
    private readonly Dictionary<string, List<Client>> _clients = [];
    private readonly List<(string Tenant, StringBuilder Read, Task Reading, HttpResponseMessage Response)> _streams =
        [];
    private int _next;

    /// <summary>Where a marker of somebody else was found.</summary>
    public IReadOnlyCollection<string> Foreign => _foreign;

    /// <summary>How many answers of each kind there were.</summary>
    public IReadOnlyDictionary<string, int> Kinds => _kinds;

    /// <summary>Updates that listeners got on their streams, by tenant.</summary>
    public IReadOnlyDictionary<string, int> Updates { get; private set; } = new Dictionary<string, int>();

    /// <summary>Makes so many requests, alternating between the tenants.</summary>
    public async Task RunAsync(int requests)
    {
        foreach (var tenant in Tenants)
        {
            _clients[tenant] = [];
            for (var i = 0; i < Workers; i++)
            {
                _clients[tenant].Add(await OpenAsync(tenant));
            }

            for (var i = 0; i < ListenersPerTenant; i++)
            {
                await ListenAsync(tenant);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var random = new Random(seed + worker);
            for (var number = Interlocked.Increment(ref _next); number <= requests;)
            {
                var tenant = Tenants[number % Tenants.Length];
                await AskAsync(random, _clients[tenant][worker], tenant, number);
                number = Interlocked.Increment(ref _next);
            }
        })));
        await EndStreamsAsync();
    }

    /// <summary>Looks for markers that are not this tenant's in what somebody else wrote of it.</summary>
    public void Search(string place, string tenant, string text) => Search(place, tenant, null, text);

    private void Search(string place, string tenant, string? own, string text)
    {
        foreach (var match in Marker().EnumerateMatches(text))
        {
            var found = text.AsSpan(match.Index, match.Length);
            var isForeign = !found.StartsWith($"mark-{tenant}-", StringComparison.Ordinal)
                || (own is not null && !found.SequenceEqual(own));
            if (isForeign)
            {
                _foreign.Enqueue($"{place} of {tenant} ({own}): {found}");
            }
        }
    }

    private async Task AskAsync(Random random, Client client, string tenant, int number)
    {
        var marker = string.Create(CultureInfo.InvariantCulture, $"mark-{tenant}-{number}");
        var kind = random.Next(10);
        var (name, isOwnOnly, request) = kind switch
        {
            0 or 1 => ("echo", true, client.Call(marker, "echo", false)),
            2 => ("echo in a session", true, client.Call(marker, "echo", true)),
            3 => ("progress", true, client.Call(marker, "report", false)),
            4 => ("progress in a session", true, client.Call(marker, "report", true)),
            5 => ("keep", false, client.Call(marker, "keep", random.Next(2) == 0)),
            6 => ("resource", false, client.Read(marker, $"kept://mark-{tenant}", random.Next(2) == 0)),
            7 => ("failure", true, client.Call(marker, "fail", random.Next(2) == 0)),
            8 => ("unknown tool", true, client.Call(marker, marker, random.Next(2) == 0)),
            _ => ("another's route", true, client.Elsewhere(marker, Tenants.First(other => other != tenant))),
        };
        using var response = await world.Host.Client.SendAsync(request);
        var text = $"{(int)response.StatusCode} {response.Headers} {await response.Content.ReadAsStringAsync()}";
        _kinds.AddOrUpdate(name, 1, (_, count) => count + 1);
        Search(name, tenant, isOwnOnly ? marker : null, text);
        var mustSay = name is not ("resource" or "another's route" or "unknown tool");
        if (mustSay && !text.Contains(marker, StringComparison.Ordinal))
        {
            _foreign.Enqueue($"{name} of {tenant} lost its own marker {marker}: {text}");
        }
    }

    private async Task<Client> OpenAsync(string tenant)
    {
        var key = await world.KeyAsync(tenant);
        var caller = await world.CallerOf(tenant, Revision, key).OpenAsync();
        return new Client(tenant, key, caller.Session!);
    }

    /// <summary>
    /// A session that watches the kept of both tenants, as far as that lets it, on a stream that stays open.
    /// </summary>
    private async Task ListenAsync(string tenant)
    {
        var caller = await world.CallerOf(tenant, Revision, await world.KeyAsync(tenant)).OpenAsync();
        foreach (var watched in Tenants)
        {
            using var subscribed = await caller.SendAsync(
                "resources/subscribe", $$"""{"uri":"kept://mark-{{watched}}"}""");
        }

        var response = await caller.AskAsync(HttpMethod.Get);
        Assert.True(response.IsSuccessStatusCode, $"No stream: {response.StatusCode}");
        var read = new StringBuilder();
        _streams.Add((tenant, read, ReadAsync(response, read), response));
    }

    private static async Task ReadAsync(HttpResponseMessage response, StringBuilder read)
    {
        try
        {
            using var lines = new System.IO.StreamReader(await response.Content.ReadAsStreamAsync());
            while (await lines.ReadLineAsync() is { } line)
            {
                lock (read)
                {
                    read.AppendLine(line);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The stream was closed at the end of the run.
        }
    }

    private async Task EndStreamsAsync()
    {
        var updates = Tenants.ToDictionary(tenant => tenant, _ => 0);
        foreach (var (tenant, read, reading, response) in _streams)
        {
            response.Dispose();
            await reading;
            var text = read.ToString();
            // An update names the resource, that is, whose marker it is about.
            foreach (Match match in Updated().Matches(text))
            {
                updates[tenant]++;
                if (match.Groups[1].Value != tenant)
                {
                    _foreign.Enqueue($"a stream of {tenant} was told of {match.Groups[1].Value}");
                }
            }

            Search("a stream", tenant, null, text);
        }

        Updates = updates;
    }

    [GeneratedRegex("mark-[a-z]+-[0-9]+")]
    private static partial Regex Marker();

    [GeneratedRegex("kept://mark-([a-z]+)")]
    private static partial Regex Updated();

    /// <summary>A method, the name that its header repeats, and the first members of its params.</summary>
    private sealed record Asked(string Method, string Name, string Members);

    /// <summary>A principal of a tenant with one session; makes requests whose every part holds the marker.</summary>
    private sealed class Client(string tenant, string key, string session)
    {
        public HttpRequestMessage Call(string marker, string tool, bool inSession) =>
            Post(marker, tenant, inSession, new Asked("tools/call", tool, ArgumentsOf(tool, marker)));

        public HttpRequestMessage Read(string marker, string uri, bool inSession) =>
            Post(marker, tenant, inSession, new Asked("resources/read", uri, $"\"uri\":\"{uri}\","));

        /// <summary>With this tenant's key, and its session, at the other's server.</summary>
        public HttpRequestMessage Elsewhere(string marker, string other) =>
            Post(marker, other, true, new Asked("tools/call", "echo", ArgumentsOf("echo", marker)));

        private static string ArgumentsOf(string tool, string marker) => $$"""
            "name":"{{tool}}","arguments":{"marker":"{{marker}}"},
            """;

        private HttpRequestMessage Post(string marker, string at, bool inSession, Asked asked)
        {
            var era = inSession ? string.Empty
                : $",\"{McpMetaKeys.ProtocolVersion}\":\"{Stateless}\",\"{McpMetaKeys.ClientCapabilities}\":{{}}";
            var body = $$$"""
                {"jsonrpc":"2.0","id":"{{{marker}}}","method":"{{{asked.Method}}}","params":{ {{{asked.Members}}}
                "_meta":{"progressToken":"{{{marker}}}"{{{era}}}} }}
                """;
            var request = new HttpRequestMessage(HttpMethod.Post, TwoTenants.PathOf(at))
            {
                Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
            };
            request.Headers.Add("Accept", "application/json, text/event-stream");
            request.Headers.Add("Authorization", $"Bearer {key}");
            if (at == tenant)
            {
                // Elsewhere it would rightly stand in the log of the tenant that somebody knocked at.
                request.Headers.Add("X-Correlation-Id", marker);
            }

            if (inSession)
            {
                request.Headers.Add(McpHeaders.SessionId, session);
            }
            else
            {
                request.Headers.Add(McpHeaders.ProtocolVersion, Stateless);
                request.Headers.Add(McpHeaders.Method, asked.Method);
                request.Headers.Add(McpHeaders.Name, asked.Name);
            }

            return request;
        }
    }
}
