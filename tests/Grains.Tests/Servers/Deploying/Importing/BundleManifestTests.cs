using System.Text;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>MCPB bundles.</summary>
public sealed class BundleManifestTests
{
    [Fact]
    public void NodeBundle_BecomesAProgram_WithWhatItAsksItsUserFor()
    {
        var found = Read(
            """
            {"manifest_version":"0.3","name":"files","version":"1.4.0","description":"Files.","author":{"name":"A"},
             "server":{"type":"node","entry_point":"server/index.js","mcp_config":{"command":"node",
              "args":["${__dirname}/server/index.js","--level=${user_config.level}","${user_config.folders}",
                "${user_config.more}","${user_config.unset}"],
              "env":{"API_KEY":"${user_config.api_key}","CACHE":"${HOME}/cache","N":"${user_config.size}",
                "OPTIONAL":"${user_config.spare_key}"},
              "platform_overrides":{"linux":{"env":{"OS":"linux"}},"win32":{"command":"node.exe"}}}},
             "user_config":{
              "level":{"type":"string","title":"t","description":"d","default":"info"},
              "folders":{"type":"directory","title":"t","description":"d","multiple":true,"required":true,
                "default":["${HOME}/Desktop"]},
              "more":{"type":"string","title":"t","description":"d","multiple":true,"default":["a","b"]},
              "unset":{"type":"string","title":"t","description":"d"},
              "size":{"type":"number","title":"t","description":"d","default":10},
              "api_key":{"type":"string","title":"t","description":"d","sensitive":true,"required":true},
              "spare_key":{"type":"string","title":"t","description":"d","sensitive":true}}}
            """,
            "server/index.js");
        var settings = ImportFormsTests.SettingsOf(found);

        Assert.Equal("node", settings.Process!.Command);
        Assert.Equal(
            ["/app/server/index.js", "--level=info", "/data/folders", "a", "b"], settings.Process.Arguments);
        Assert.Equal(["/data/folders"], settings.Process.Scratch.Keys);
        Assert.Equal(
            [("CACHE", "/tmp/cache"), ("N", "10"), ("OS", "linux")],
            settings.Process.Environment.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal("API_KEY", Assert.Single(settings.Process.SecretEnvironment).Value);
        Assert.Equal(["API_KEY"], settings.Secrets);
        Assert.Equal(("files", "1.4.0", OriginForm.Mcpb), (found.Origin.Name, found.Origin.Version, found.Origin.Form));
    }

    [Fact]
    public void Value_IsTaken_FromOurOwnDocumentBeside()
    {
        var found = Read(
            Manifest("node", "node", """["server/a.js","${user_config.url}"]""",
                """{"url":{"type":"string","required":true}}"""),
            """{"values":{"url":"https://a.example"},"egress":["a.example:443"]}""",
            "server/a.js");
        var settings = ImportFormsTests.SettingsOf(found);

        Assert.Equal(["server/a.js", "https://a.example"], settings.Process!.Arguments);
        Assert.Equal(["a.example:443"], settings.Egress);
    }

    [Theory]
    [InlineData("python", "python", "server/a.py", "python3")]
    [InlineData("binary", "server/tool.run", "server/tool.run", "/app/server/tool.run")]
    [InlineData("binary", "${__dirname}/server/tool.run", "server/tool.run", "/app/server/tool.run")]
    public void Bundle_RunsByItsType(string type, string command, string file, string expected) => Assert.Equal(
        expected, ImportFormsTests.SettingsOf(Read(Manifest(type, command, "[]"), file)).Process!.Command);

    [Fact]
    public void Bundle_IsAPackage_WhenItRunsNpx()
    {
        var found = Read(Manifest("node", "npx", """["-y","--package=@acme/t","t","-v"]"""), "server/a.js");

        Assert.Equal(new NpmPackage("@acme/t", "latest", "t"), found.Package);
        Assert.Equal(["p.js", "-v"], ImportFormsTests.SettingsOf(found, "p.js").Process!.Arguments);
    }

    [Theory]
    [InlineData("uv", "uv", "[]", "{}", "/server/type is uv")]
    [InlineData("ruby", "ruby", "[]", "{}", "/server/type is none of node, python, binary")]
    [InlineData("binary", "server/tool", "[]", "{}", "/server/mcp_config/command is a file that is not executable")]
    [InlineData("binary", "/usr/bin/env", "[]", "{}", "/server/mcp_config/command is no file of the bundle")]
    [InlineData("node", "node", """["${user_config.key}"]""", """{"key":{"sensitive":true,"required":true}}""",
        "/server/mcp_config/args take the secret KEY, which no argument can be")]
    [InlineData("node", "node", """["${user_config.x}"]""", """{"x":{"type":"string","required":true}}""",
        "/user_config/x needs a value: put smcp.json into the archive, with \"values\"")]
    [InlineData("node", "node", """["${EDITOR}"]""", "{}", "has a variable that is not known here: EDITOR")]
    public void Bundle_IsRefused_WithWords(
        string type, string command, string arguments, string options, string words) =>
        Assert.Contains(
            words, ProblemOf(Manifest(type, command, arguments, options), "server/tool"), StringComparison.Ordinal);

    [Fact]
    public void Bundle_IsRefused_WhenItIsForOtherSystemsOrNone()
    {
        Assert.Contains(
            "/compatibility/platforms has no linux",
            ProblemOf(Manifest("node", "node", "[]").Replace(
                "\"author\"", "\"compatibility\":{\"platforms\":[\"darwin\"]},\"author\"", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Contains("no manifest of an MCPB bundle", ProblemOf("""{"name":"x"}"""), StringComparison.Ordinal);
        Assert.Contains("no JSON object", ProblemOf("[]"), StringComparison.Ordinal);
    }

    private static string Manifest(string type, string command, string arguments, string options = "{}") =>
        $$"""
        {"manifest_version":"0.3","name":"b","version":"1","description":"d","author":{"name":"A"},
         "server":{"type":"{{type}}","mcp_config":{"command":"{{command}}","args":{{arguments}} } },
         "user_config":{{options}}}
        """;

    private static ImportedServer Read(string manifest, string file) => Read(manifest, string.Empty, file);

    private static ImportedServer Read(string manifest, string beside, string file)
    {
        var (found, fault) = ImportForms.ReadFile(
            BundleManifest.FileName, Encoding.UTF8.GetBytes(manifest), Encoding.UTF8.GetBytes(beside),
            ImportFormsTests.FilesOf(file));
        Assert.True(found is not null, fault?.Message);
        return found;
    }

    private static string ProblemOf(string manifest, params string[] files)
    {
        var (found, fault) = ImportForms.ReadFile(
            BundleManifest.FileName, Encoding.UTF8.GetBytes(manifest), default, ImportFormsTests.FilesOf(files));
        Assert.Null(found);
        return fault!.Message;
    }
}
