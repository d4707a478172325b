using Smcp.Connections;
using Smcp.Data;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Identity.Replays;
using Smcp.Identity.Users;
using Smcp.Quotas;
using Smcp.Security.Secrets;
using Smcp.Servers;
using Smcp.Sessions;
using Smcp.Tasks;

namespace Smcp.Tenancy;

/// <summary>
/// One way by which the product makes a key of a tenant and ids: the type of its grain or rows, and the key, null where
/// an id is refused. Every grain type is here; <see cref="KeySeparationTests"/> fails for one that is not.
/// </summary>
internal sealed record KeyKind(string Type, string Form, Func<TenantId, string, string, string?> KeyOf)
{
    /// <summary>Keyed by the tenant alone: ids do not count.</summary>
    private static readonly string[] OfTenant =
    [
        "api-keys", "cpu", "egress", "federation", "oauth-clients", "secrets", "server-list", "storage-usage", "tenant",
        "usage", "user-directory",
    ];

    /// <summary>Those whose key begins with their tenant.</summary>
    public static IReadOnlyList<KeyKind> OfTenants { get; } =
    [
        .. OfTenant.Select(type => new KeyKind(type, "tenant", (tenant, _, _) => tenant.ToString())),
        Of("api-key", "key", (t, id) => Parsed(() => ApiKeyAddress.Parse(new ApiKeyAddress(t, id).ToString()))),
        Of("replays", "principal", (t, id) =>
            PrincipalId.TryParse(id, null, out var p) ? new ReplayKey(t, p).ToString() : null),
        Of("user", "user", (t, id) => UserId.TryParse(id, null, out var u) ? new UserKey(t, u).ToString() : null),
        Of("user-grants", "user", (t, id) =>
            UserId.TryParse(id, null, out var u) ? new UserKey(t, u).ToString() : null),
        Of("login", "login name", (t, id) =>
            LoginName.TryParse(id, null, out var name) && name.ToString() == id
                ? new LoginKey(t, name).ToString()
                : null),
        Of("browser-session", "secret", (t, id) => BrowserSessionKey.Of(t, id).ToString()),
        Of("federation-attempt", "state", (t, id) => BrowserSessionKey.Of(t, id).ToString()),
        Of("oauth-grant", "grant", (t, id) => GrantOf(id) is { } grant ? new GrantKey(t, grant).ToString() : null),
        Of("secret", "name", (t, id) => SecretName.IsValid(id) ? $"{t}/{id}" : null),
        Of("server", "server", (t, id) =>
            ServerId.TryParse(id, null, out var s) ? new ServerKey(t, s).ToString() : null),
        Of("connections", "server", (t, id) =>
            ServerId.TryParse(id, null, out var s) ? new ServerKey(t, s).ToString() : null),
        Of("server-data", "server", (t, id) =>
            ServerId.TryParse(id, null, out var s) ? new ServerKey(t, s).ToString() : null),
        Of("server-import", "server", (t, id) =>
            ServerId.TryParse(id, null, out var s) ? new ServerKey(t, s).ToString() : null),
        Of("server-log", "server", (t, id) =>
            ServerId.TryParse(id, null, out var s) ? new ServerKey(t, s).ToString() : null),
        Of("quota", "principal", (t, id) =>
            PrincipalId.TryParse(id, null, out var p) ? QuotaKey.Requests(t, p) : null),
        Of("quota", "session", (t, id) => SessionId.TryParse(id, null, out var s) ? QuotaKey.Requests(t, s) : null),
        new("quota", "requests", (t, _, _) => QuotaKey.Requests(t)),
        new("quota", "concurrency", (t, _, _) => QuotaKey.Concurrency(t)),
        new("quota", "streams", (t, _, _) => QuotaKey.Streams(t)),
        OfServer("session", "session", (t, s, id) =>
            SessionId.TryParse(id, null, out var i) ? new SessionKey(t, s, i).ToString() : null),
        OfServer("task", "task", (t, s, id) =>
            TaskId.TryParse(id, null, out var i) ? new TaskKey(t, s, i).ToString() : null),
        OfServer("task-list", "principal", (t, s, id) =>
            PrincipalId.TryParse(id, null, out var p) ? new TaskListKey(t, s, p).ToString() : null),
        OfServer("connection", "owner", (t, s, id) =>
            PrincipalId.TryParse(id, null, out _) ? ConnectionKey.Of(t, s, id).ToString() : null),
        OfServer("key-values", "part", PartOf),
        OfServer("objects", "part", PartOf),
        OfServer("instance", "partition", PartitionOf),
        OfServer("server-state", "partition", PartitionOf),
    ];

    /// <summary>Types of the platform: one grain, or one for each tenant that is named, or a digest.</summary>
    public static IReadOnlyList<string> OfThePlatform { get; } =
    [
        "audit", "data-key", "directory", "encryption", "key-ring", "keys", "oauth-authorization", "oauth-client",
        "oauth-registrar", "signing-keys",
    ];

    /// <summary>Kinds with an id of their own are told apart by it; those without, by the tenant alone.</summary>
    public string IdentityOf(TenantId tenant, string first, string second) => Form switch
    {
        "tenant" or "requests" or "concurrency" or "streams" => $"{tenant}",
        _ when IsOfServer => $"{tenant}\0{first}\0{second}",
        _ => $"{tenant}\0{first}",
    };

    public bool IsOfServer { get; private init; }

    private static KeyKind Of(string type, string form, Func<TenantId, string, string?> keyOf) =>
        new(type, form, (tenant, id, _) => keyOf(tenant, id));

    private static KeyKind OfServer(string type, string form, Func<TenantId, ServerId, string, string?> keyOf) =>
        new(type, form, (tenant, server, id) =>
            ServerId.TryParse(server, null, out var parsed) ? keyOf(tenant, parsed, id) : null)
        {
            IsOfServer = true,
        };

    /// <summary>A partition is <c>shared</c>, a session or a principal: no text goes there unread.</summary>
    private static string? PartitionOf(TenantId tenant, ServerId server, string id) =>
        SessionId.TryParse(id, null, out _) || PrincipalId.TryParse(id, null, out _)
            ? new InstanceKey(tenant, server, id).ToString()
            : null;

    /// <summary>A part is a number of ours.</summary>
    private static string? PartOf(TenantId tenant, ServerId server, string id) =>
        id is [>= '0' and <= '7'] ? new DataPartKey(tenant, server, id[0] - '0').ToString() : null;

    /// <summary>A grant has 22 characters: a short id is filled up, so that there are some to compare.</summary>
    private static GrantId? GrantOf(string id) =>
        GrantId.TryParse(id.Length < 22 ? id.PadRight(22, '-') : id, null, out var grant)
            && !id.EndsWith('-') ? grant : null;

    private static string? Parsed(Func<ApiKeyAddress> parse)
    {
        try
        {
            return parse().ToString();
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
