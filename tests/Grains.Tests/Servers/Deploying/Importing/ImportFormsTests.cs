using System.Text;
using Smcp.Mcp;
using Smcp.Servers.Deploying.Images;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>What people have at hand, and what it comes to.</summary>
public sealed class ImportFormsTests
{
    [Fact]
    public void Package_BecomesAProgram()
    {
        var found = Read(
            """
            {"npm":{"package":"@acme/tools","version":"^1.2","bin":"tools","args":["--fast"],
             "env":{"A":"1"},"secretEnv":{"API_KEY":"ACME_KEY"},"stateless":true},
             "scope":"shared","egress":["api.acme.example:443"]}
            """);

        Assert.Equal(new NpmPackage("@acme/tools", "^1.2", "tools"), found.Package);
        var settings = SettingsOf(found, "node_modules/@acme/tools/cli.js");
        Assert.Equal("node", settings.Process!.Command);
        Assert.Equal(["node_modules/@acme/tools/cli.js", "--fast"], settings.Process.Arguments);
        Assert.Equal("ACME_KEY", settings.Process.SecretEnvironment["API_KEY"]);
        Assert.Equal(["ACME_KEY"], settings.Secrets);
        Assert.Equal(["api.acme.example:443"], settings.Egress);
        Assert.Equal((InstanceScope.Shared, ManifestMode.Pinned), (settings.Scope, settings.Manifest));
    }

    [Theory]
    [InlineData("npx", """["-y","@acme/tools@1.2.3","--fast"]""", "@acme/tools@1.2.3", null)]
    [InlineData("/usr/local/bin/npx", """["--yes","--package=tools","run-it","--fast"]""", "tools@latest", "run-it")]
    [InlineData("cmd", """["/c","npx","-p","tools@next","--","run-it","--fast"]""", "tools@next", "run-it")]
    [InlineData("C:\\\\node\\\\npx.cmd", """["tools","--fast"]""", "tools@latest", null)]
    public void ClientEntry_BecomesAPackagesProgram(string command, string arguments, string package, string? program)
    {
        var found = Read(
            $$$"""
            {"mcpServers":{"t":{"type":"stdio","command":"{{{command}}}","args":{{{arguments}}},"disabled":false,
             "env":{"LEVEL":"debug","MAX_TOKENS":"4096","T_TOKEN":"${T_TOKEN}","OTHER":"${input:other-key}"} } } }
            """);

        Assert.Equal(package, $"{found.Package!.Name}@{found.Package.Range}");
        Assert.Equal(program, found.Package.Program);
        var settings = SettingsOf(found, "p.js");
        Assert.Equal(["p.js", "--fast"], settings.Process!.Arguments);
        Assert.Equal(["LEVEL", "MAX_TOKENS"], settings.Process.Environment.Keys);
        Assert.Equal(["OTHER_KEY", "T_TOKEN"], settings.Secrets);
        Assert.Equal("OTHER_KEY", settings.Process.SecretEnvironment["OTHER"]);
        Assert.Equal(("t", OriginForm.McpServers), (found.Origin.Name, found.Origin.Form));
    }

    [Fact]
    public void ClientEntry_BecomesAServerElsewhere()
    {
        var settings = SettingsOf(Read(
            """
            {"mcpServers":{"hub":{"type":"http","url":"https://hub.example/mcp",
             "headers":{"Authorization":"Bearer ${input:hub-token}","X-Toolsets":"repos"}}}}
            """));

        Assert.Equal("https://hub.example/mcp", settings.Remote!.Url);
        Assert.Equal("Bearer ${HUB_TOKEN}", settings.Remote.Headers["Authorization"]);
        Assert.Equal("repos", settings.Remote.Headers["X-Toolsets"]);
        Assert.Equal(["HUB_TOKEN"], settings.Secrets);
    }

    [Fact]
    public void ClientEntry_RunsAFileOfTheArchive()
    {
        var settings = SettingsOf(
            Read("""{"mcpServers":{"t":{"command":"node","args":["./dist/index.js","-v"]}}}""", "dist/index.js"));

        Assert.Equal(["dist/index.js", "-v"], settings.Process!.Arguments);
    }

    [Theory]
    [InlineData("""{"command":"npx","args":["t"],"env":{"API_KEY":"abcdefgh1234"}}""",
        "/mcpServers/t/env/API_KEY holds a secret: store it as a secret of the tenant (API_KEY), and write ${API_KEY}")]
    [InlineData("""{"command":"npx","args":["t"],"env":{"X":"ghp_0123456789abcdef"}}""",
        "/mcpServers/t/env/X holds a secret")]
    [InlineData("""{"command":"npx","args":["t"],"env":{"X":"postgres://u:p@db.example/x"}}""",
        "/mcpServers/t/env/X holds a secret")]
    [InlineData("""{"command":"npx","args":["t"],"env":{"X":"Bearer ${X}"}}""",
        "/mcpServers/t/env/X is a secret within a text")]
    [InlineData("""{"command":"npx","args":["t","--api-key","abcdefgh1234"]}""",
        "/mcpServers/t/args/2 is a secret, which no argument can be")]
    [InlineData("""{"command":"npx","args":["t","--token=${T}"]}""", "/mcpServers/t/args/1 is a secret")]
    [InlineData("""{"command":"npx","args":["github:a/b"]}""", "/mcpServers/t/args name no package")]
    [InlineData("""{"command":"npx","args":["--registry=https://evil.example","t"]}""", "/mcpServers/t/args name no")]
    [InlineData("""{"command":"npx","args":["t"],"cwd":"/opt/own"}""", "/mcpServers/t/cwd names a place of another")]
    [InlineData("""{"command":"uvx","args":["t"]}""", "/mcpServers/t/command runs what only its own machine has")]
    [InlineData("""{"command":"node","args":["/opt/own/x.js"]}""", "/mcpServers/t/command runs what only its own")]
    [InlineData("""{"command":"npx","args":["t"],"hooks":{}}""", "/mcpServers/t/hooks is not known here")]
    [InlineData("""{"url":"https://a.example","headers":{"Authorization":"Bearer abcdefgh1234"}}""",
        "/mcpServers/t/headers/Authorization holds a secret")]
    [InlineData("""{"url":"https://a.example","headers":{"X":"${a b c!}"}}""",
        "/mcpServers/t/headers/X has a placeholder")]
    [InlineData("""{"url":"https://a.example/?api_key=abcdefgh1234"}""", "/mcpServers/t/url has a secret in it")]
    [InlineData("""{"url":"https://${HOST}/mcp"}""", "/mcpServers/t/url leaves something")]
    [InlineData("""{"type":"ws","url":"https://a.example"}""", "/mcpServers/t/type is none of http")]
    public void ClientEntry_IsRefused_WithWords(string entry, string words)
    {
        var problem = ProblemOf("""{"mcpServers":{"t":""" + entry + "}}");

        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh1234", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void ClientEntries_AreRefused_WhenTheyAreSeveral() => Assert.Contains(
        "/mcpServers has 2 entries",
        ProblemOf("""{"mcpServers":{"a":{"url":"https://a.example"},"b":{"url":"https://b.example"}}}"""),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"npm":{}}""", "/npm/package is missing")]
    [InlineData("""{"npm":{"package":"../x"}}""", "/npm/package is no name of a package")]
    [InlineData("""{"npm":{"package":"a@1"}}""", "/npm/package is no name of a package")]
    [InlineData("""{"npm":{"package":"--registry"}}""", "/npm/package is no name of a package")]
    [InlineData("""{"npm":{"package":"a","version":"git+ssh://x"}}""", "/npm/version is no version")]
    [InlineData("""{"npm":{"package":"a","version":"file:/etc"}}""", "/npm/version is no version")]
    [InlineData("""{"npm":{"package":"a","registry":"https://evil"}}""", "/npm/registry is not known here")]
    [InlineData("""{"npm":{"package":"a"},"remote":{}}""", "/remote is not known here")]
    public void Package_IsRefused_WhenItIsNotOnlyAName(string document, string words) =>
        Assert.Contains(words, ProblemOf(document), StringComparison.Ordinal);

    [Fact]
    public void Document_IsNotForeign_WhenItSaysARuntime()
    {
        var (found, fault) = ImportForms.Read("""{"runtime":"process","npm":{}}"""u8.ToArray(), []);

        Assert.Null(found);
        Assert.Null(fault);
    }

    internal static ImportedServer Read(string document, params string[] files)
    {
        var (found, fault) = ImportForms.Read(Encoding.UTF8.GetBytes(document), FilesOf(files));
        Assert.True(found is not null, fault?.Message);
        return found;
    }

    internal static string ProblemOf(string document)
    {
        var (found, fault) = ImportForms.Read(Encoding.UTF8.GetBytes(document), []);
        Assert.Null(found);
        Assert.Equal(FaultReason.InvalidParams, fault?.Reason);
        return fault!.Message;
    }

    /// <summary>What it comes to must itself be settings.</summary>
    internal static ServerSettings SettingsOf(ImportedServer found, string? program = null, params string[] files)
    {
        var (settings, fault) = SettingsReader.Read(
            program is null ? found.ToDocument() : found.ToDocument(program), files.ToHashSet());
        Assert.True(settings is not null, fault?.Message);
        return settings;
    }

    internal static IReadOnlyList<ImageFile> FilesOf(params string[] files) =>
        [.. files.Select(file => new ImageFile(file, 1, file.EndsWith(".run", StringComparison.Ordinal)))];
}
