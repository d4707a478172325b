using System.Text;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>Builds of projects for Cloudflare Workers.</summary>
public sealed class WranglerProjectTests
{
    [Fact]
    public void Project_BecomesAWorker()
    {
        var found = Read(
            """
            {
              // as wrangler wrote it
              "$schema": "node_modules/wrangler/config-schema.json",
              "name": "notes", "main": "src/index.ts", "compatibility_date": "2026-01-01",
              "compatibility_flags": ["nodejs_compat"],
              "vars": { "LEVEL": "info" },
              "kv_namespaces": [{ "binding": "NOTES", "id": "0" }],
              "r2_buckets": [{ "binding": "FILES", "bucket_name": "files" }],
              "durable_objects": { "bindings": [{ "name": "COUNTER", "class_name": "Counter" }] },
              "migrations": [{ "tag": "v1", "new_sqlite_classes": ["Counter"], "new_classes": ["Old"] }],
              "limits": { "cpu_ms": 50 }, "observability": { "enabled": true },
              "secrets": { "required": ["API_KEY"] },
            }
            """,
            """{"path":"/sse","egress":["a.example:443"]}""",
            "dist/index.js");
        var settings = ImportFormsTests.SettingsOf(found, null, "dist/index.js");

        Assert.Equal("dist/index.js", settings.Worker!.Main);
        Assert.Equal(("2026-01-01", "/sse"), (settings.Worker.CompatibilityDate, settings.Worker.Path));
        Assert.Equal(["nodejs_compat"], settings.Worker.CompatibilityFlags);
        Assert.Equal("info", settings.Worker.Variables["LEVEL"]);
        Assert.Equal(["NOTES"], settings.Worker.KeyValues);
        Assert.Equal(["FILES"], settings.Worker.Objects);
        Assert.Equal(KeyValuePair.Create("COUNTER", "Counter"), Assert.Single(settings.Worker.DurableObjects));
        Assert.Equal(InstanceScope.Shared, settings.Scope);
        Assert.Equal(TimeSpan.FromMilliseconds(50), settings.Worker.CpuTime);
        Assert.Equal(["API_KEY"], settings.Secrets);
        Assert.Equal(["a.example:443"], settings.Egress);
        Assert.Equal(("notes", OriginForm.Wrangler), (found.Origin.Name, found.Origin.Form));
    }

    [Theory]
    [InlineData("./src/worker.js", "src/worker.js", "src/worker.js")]
    [InlineData("src/worker.ts", "worker.js", "worker.js")]
    public void Main_IsWhatWasBuilt(string main, string file, string expected) => Assert.Equal(
        expected,
        ImportFormsTests.SettingsOf(Read($$"""{"main":"{{main}}"}""", "{}", file), null, file).Worker!.Main);

    [Theory]
    [InlineData("""{"main":"src/index.ts"}""", "/main is not built: the archive has none of dist/index.js, index.js")]
    [InlineData("""{"main":"a.js","d1_databases":[{}]}""", "/d1_databases is not offered to workers here")]
    [InlineData("""{"main":"a.js","ai":{"binding":"AI"}}""", "/ai is not offered to workers here")]
    [InlineData(
        """{"main":"a.js","durable_objects":{"bindings":[{"name":"A","class_name":"B"}]}}""",
        "/durable_objects/bindings/0/class_name is in no new_sqlite_classes or new_classes of the migrations")]
    [InlineData(
        """{"main":"a.js","durable_objects":{"bindings":[{"name":"A","class_name":"B","script_name":"c"}]}}""",
        "/durable_objects/bindings/0/script_name names another worker")]
    [InlineData(
        """{"main":"a.js","migrations":[{"tag":"2","renamed_classes":[{"from":"A","to":"B"}]}]}""",
        "/migrations/0/renamed_classes is not offered here: a class keeps its name, and its objects stay")]
    [InlineData(
        """{"main":"a.js","migrations":[{"tag":"2","deleted_classes":["A"]}]}""",
        "/migrations/0/deleted_classes is not offered here")]
    [InlineData("""{"main":"a.js","mian":1}""", "/mian is not known here")]
    [InlineData("""{"main":"a.js","limits":{"memory":1}}""", "/limits/memory is not known here")]
    [InlineData("""{"main":"a.js","vars":{"A":{"b":1}}}""", "/vars/A is no text")]
    public void Project_IsRefused_WithWords(string project, string words)
    {
        var (found, fault) = ImportForms.ReadFile(
            "wrangler.jsonc", Encoding.UTF8.GetBytes(project), default, ImportFormsTests.FilesOf("a.js"));

        Assert.Null(found);
        Assert.Contains(words, fault!.Message, StringComparison.Ordinal);
    }

    private static ImportedServer Read(string project, string beside, params string[] files)
    {
        var (found, fault) = ImportForms.ReadFile(
            "wrangler.jsonc", Encoding.UTF8.GetBytes(project), Encoding.UTF8.GetBytes(beside),
            ImportFormsTests.FilesOf(files));
        Assert.True(found is not null, fault?.Message);
        return found;
    }
}
