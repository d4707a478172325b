using System.Reflection;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Rows;
using Smcp.Storage;

namespace Smcp.Tenancy;

/// <summary>
/// Threat: an id that escapes its key or path. No two (tenant, id) have one key, whatever the ids are: of grains, of
/// rows and logs, of what a row's ciphertext is bound to, and in the store itself.
/// </summary>
public sealed class KeySeparationTests
{
    private const int Rounds = 5_000;

    private static readonly int Seed = HostileIds.SeedOfRun();

    private static readonly string[] Tenants =
        ["acme", "acme-b", "a", "ab", "abc", "a-b", "b", "users", "tenant", "session", "principal", "default", "x--y"];

    [Fact]
    public void EveryGrainType_IsLookedAt()
    {
        var declared = typeof(GrainAttribute).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<GrainAttribute>()?.Type)
            .OfType<string>()
            .Concat(["secret", "server-state", "key-ring", "data-key"]);

        Assert.Equal(
            declared.Order(StringComparer.Ordinal),
            KeyKind.OfTenants.Select(kind => kind.Type).Distinct().Concat(KeyKind.OfThePlatform)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Tenant_IsNeverWhatEscapesOrLooksLikeAnother()
    {
        var accepted = HostileIds.Take(new Random(Seed), Rounds)
            .Where(id => TenantId.TryParse(id, null, out _))
            .ToList();

        Assert.True(accepted.Count > 100, $"Only {accepted.Count} of {Rounds} (seed {Seed}).");
        Assert.All(accepted, id => Assert.Matches("^(?!-)[a-z0-9-]{1,63}(?<!-)$", id));
        Assert.All(
            HostileIds.Fixed.Where(id => id.Any(c => c is '/' or '%' or '.' or ' ' || char.IsControl(c) || c > '~')),
            id => Assert.False(TenantId.TryParse(id, null, out _), id));
    }

    /// <summary>Within a type every pair has its own key, and the key begins with the tenant and a slash.</summary>
    [Fact]
    public void Key_TellsEveryPairFromEveryOther()
    {
        var seen = new Dictionary<(string Type, string Key), string>();
        foreach (var (kind, tenant, first, second, key) in Keys())
        {
            var identity = $"{kind.Form}\0{kind.IdentityOf(tenant, first, second)}";
            Assert.True(
                key == tenant.ToString() || key.StartsWith($"{tenant}/", StringComparison.Ordinal),
                $"{kind.Type} ({kind.Form}): {key} does not begin with {tenant} (seed {Seed}).");
            Assert.True(
                seen.TryAdd((kind.Type, key), identity) || seen[(kind.Type, key)] == identity,
                $"{kind.Type}: {key} is of {seen[(kind.Type, key)]} and of {identity} (seed {Seed}).");
        }

        Assert.True(seen.Count > 10_000, $"Only {seen.Count} keys (seed {Seed}).");
        Assert.Equal(
            KeyKind.OfTenants.Select(kind => kind.Type).Distinct().Order(StringComparer.Ordinal),
            seen.Keys.Select(key => key.Type).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>A key's rows and logs are encrypted with its tenant's key, and bound to their own place.</summary>
    [Fact]
    public void Row_IsItsTenants_AndItsPlaceIsNoOthers()
    {
        var places = new Dictionary<string, string>();
        var addresses = new HashSet<StateAddress>();
        var logs = new HashSet<string>();
        foreach (var (kind, tenant, _, _, key) in Keys())
        {
            addresses.Add(new StateAddress(kind.Type, key, "state"));
            logs.UnionWith([
                $"session/{key}", $"replays/{key}", $"consumed-states/{key}", $"key-values/{key}", $"objects/{key}",
                $"object/{key}/1", $"storage-usage/{tenant}", $"tenant/{tenant}/users",
                $"tenant/{tenant}/usage", $"tenant/{tenant}/sessions", $"tenant/{tenant}/sessions/2"]);
            Assert.Equal(tenant.ToString(), KeyOwnership.Of(new StateAddress(kind.Type, key, "state")).Tenant);
            Assert.Equal(tenant.ToString(), KeyOwnership.OfLog($"session/{key}").Tenant);
            Assert.Null(KeyOwnership.OfLog($"audit/{tenant}").Tenant);
        }

        foreach (var place in addresses.Select(RowPlace.Of).Concat(logs.Select(RowPlace.OfLog)))
        {
            Assert.True(
                places.TryAdd(Convert.ToBase64String(place.Bytes), place.ToString()),
                $"{place} and {places[Convert.ToBase64String(place.Bytes)]} are one place (seed {Seed}).");
        }

        Assert.Equal(places.Count, places.Keys.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Clients are keyed by a digest of their id: a URL holds every character that a key may not.</summary>
    [Fact]
    public void Client_HasAKeyOfItsOwn()
    {
        var random = new Random(Seed);
        var seen = new Dictionary<string, string>();
        foreach (var id in HostileIds.Take(random, Rounds).Concat(
            HostileIds.Take(random, Rounds).Select(path => $"https://client.example/{path}")))
        {
            if (ClientId.TryParse(id, null, out var client))
            {
                Assert.True(seen.TryAdd(ClientKey.Of(client), id) || seen[ClientKey.Of(client)] == id, id);
            }
        }

        Assert.True(seen.Count > 1_000);
        Assert.All(seen.Keys, key => Assert.Matches("^[A-Za-z0-9_-]{43}$", key));
    }

    /// <summary>
    /// In SQLite, below all rules: a name that a server chose for its state may be any text, and still no two meet.
    /// What cannot be told apart there, a NUL or half a surrogate pair, is refused.
    /// </summary>
    [Fact]
    public async Task Store_GivesEachPairItsOwnRow()
    {
        var folder = Directory.CreateTempSubdirectory("smcp-keys-");
        await using (var store = new SqliteStore(
            new SqliteStorageOptions { DataFolder = folder.FullName }, NullLogger<SqliteStore>.Instance))
        {
            var states = new SqliteGrainStorage(store);
            var written = new Dictionary<StateAddress, string>();
            foreach (var name in HostileIds.Take(new Random(Seed), 100).Distinct(StringComparer.Ordinal))
            {
                foreach (var tenant in Tenants.Take(3))
                {
                    var address = new StateAddress("server-state", $"{tenant}/echo/shared", name);
                    if (await TryWriteAsync(states, address, $"{tenant}: {name}"))
                    {
                        written.Add(address, $"{tenant}: {name}");
                    }
                    else
                    {
                        Assert.Contains('\0', name);
                    }
                }
            }

            Assert.True(written.Count > 300, $"{written.Count}");
            foreach (var (address, content) in written)
            {
                var read = await states.ReadAsync(address, default);
                Assert.Equal(content, Encoding.UTF8.GetString(read!.Payload.Span));
            }
        }

        folder.Delete(recursive: true);
    }

    private static async Task<bool> TryWriteAsync(SqliteGrainStorage states, StateAddress address, string content)
    {
        try
        {
            await states.WriteAsync(address, Encoding.UTF8.GetBytes(content), 0, default);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static IEnumerable<(KeyKind Kind, TenantId Tenant, string First, string Second, string Key)> Keys()
    {
        var random = new Random(Seed);
        var tenants = Tenants.Select(TenantId.Parse).ToArray();
        foreach (var second in HostileIds.Take(random, Rounds))
        {
            var tenant = tenants[random.Next(tenants.Length)];
            var first = random.Next(2) == 0 ? tenants[random.Next(tenants.Length)].ToString() : HostileIds.Next(random);
            foreach (var kind in KeyKind.OfTenants)
            {
                var (one, two) = kind.IsOfServer ? (first, second) : (second, string.Empty);
                if (kind.KeyOf(tenant, one, two) is { } key)
                {
                    yield return (kind, tenant, one, two, key);
                }
            }
        }
    }
}
