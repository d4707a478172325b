using System.Globalization;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Smcp.EndToEnd.Clients;
using Smcp.EndToEnd.Serving;
using Smcp.TestSupport;

namespace Smcp.EndToEnd.Runtimes;

/// <summary>
/// A server from npm that is backed by PostgreSQL: its jail has no network but one port of its loopback, which leads to
/// the database through the egress proxy; the password is the tenant's secret.
/// </summary>
[Collection(RuntimesCollection.Name)]
public sealed class DatabaseServerTests(RuntimesFixture runtimes)
{
    private const string Password = "s3cret of the shop";

    [JailFact("servers")]
    public async Task Server_ReachesItsDatabase_ByAPortOfItsJail()
    {
        using var postgres = PostgresServer.ListeningOn(runtimes.DatabasePort);
        postgres.Run("postgres", $"CREATE ROLE reader LOGIN PASSWORD '{Password}'");
        postgres.Run("postgres", "CREATE DATABASE shop OWNER reader");
        postgres.Run("shop", "CREATE TABLE teas (name text, grams int)");
        postgres.Run("shop", "INSERT INTO teas VALUES ('oolong', 100); GRANT SELECT ON teas TO reader");
        var endpoint = await DeployAsync();

        foreach (var revision in new[] { "2025-06-18", "2026-07-28" })
        {
            await using var client = await AskedClient.ConnectAsync(endpoint, revision);
            var sum = await client.CallToolAsync(
                "query", new Dictionary<string, object?> { ["sql"] = "SELECT name, grams * 2 AS grams FROM teas" });
            var table = Assert.Single(await client.ListResourcesAsync());
            var schema = await client.ReadResourceAsync(table.Uri);

            var rows = JsonNode.Parse(Assert.IsType<TextContentBlock>(Assert.Single(sum.Content)).Text)!;
            Assert.Equal("oolong", (string?)rows[0]!["name"]);
            Assert.Equal(200, (int?)rows[0]!["grams"]);
            Assert.Contains(
                "grams", Assert.IsType<TextResourceContents>(Assert.Single(schema.Contents)).Text,
                StringComparison.Ordinal);
        }
    }

    private async Task<Uri> DeployAsync()
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"localhost:{runtimes.DatabasePort}");
        await runtimes.Administration.DoAsync(
            "PUT", "tenants/default/secrets/SHOP_PASSWORD",
            $$"""{"value":"{{Password}}","servers":["npm-postgres"]}""");
        return await runtimes.NpmAsync(
            "postgres",
            new JsonObject
            {
                ["ports"] = new JsonObject { ["5432"] = place },
                ["secretEnv"] = new JsonObject { ["PGPASSWORD"] = "SHOP_PASSWORD" },
            },
            new JsonObject
            {
                ["egress"] = new JsonArray(place),
                ["secrets"] = new JsonArray("SHOP_PASSWORD"),
            },
            "postgresql://reader@127.0.0.1:5432/shop");
    }
}
