using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Servers;

namespace Smcp.OAuth.Authorize;

/// <summary>The product with one server, one user and one app that registered itself.</summary>
internal sealed class AuthorizeSite : IAsyncDisposable
{
    public const string Web = "https://app.example/cb";
    public const string Local = "http://127.0.0.1:3000/cb";
    public const string State = "a&b=\"c\" d";

    private AuthorizeSite(SecurityHost host, string client) => (Host, Client) = (host, client);

    public SecurityHost Host { get; }

    public string Client { get; }

    public static async Task<AuthorizeSite> StartAsync(
        Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
    {
        var host = await SecurityHost.StartAsync(
            services =>
            {
                services.AddSingleton<IServerCatalog>(new OneServer());
                configure?.Invoke(services);
            },
            settings);
        await host.JoinAsync("alice", "mcp-user");
        return new AuthorizeSite(host, await RegisterAsync(host, "Notes"));
    }

    public static async Task<string> RegisterAsync(SecurityHost host, string name)
    {
        using var response = await host.Client.PostAsJsonAsync("/register", new
        {
            client_name = name,
            redirect_uris = new[] { Web, Local },
            token_endpoint_auth_method = "none",
        });
        var body = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        return (string)body["client_id"]!;
    }

    /// <summary>An authorization request; what is named replaces what is usual, null leaves it out.</summary>
    public string Ask(params (string Name, string? Value)[] other)
    {
        var usual = new (string Name, string? Value)[]
        {
            ("response_type", "code"),
            ("client_id", Client),
            ("redirect_uri", Web),
            ("state", State),
            ("scope", "mcp:tools"),
            ("resource", Host.ResourceOf("notes")),
            ("code_challenge", OAuthClientDriver.Challenge),
            ("code_challenge_method", "S256"),
        };
        return "/authorize?" + string.Join('&', usual
            .Where(pair => !other.Any(o => o.Name == pair.Name))
            .Concat(other)
            .Where(pair => pair.Value is not null)
            .Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private sealed class OneServer : IServerCatalog
    {
        public IReadOnlyCollection<ServerDefinition> Servers { get; } =
        [
            new()
            {
                Id = ServerId.Parse("notes"),
                Runtime = RuntimeKind.CSharp,
                Scope = InstanceScope.Shared,
                Source = "notes",
            },
        ];

        public ServerDefinition? Find(ServerId server) => Servers.FirstOrDefault(known => known.Id == server);
    }
}
