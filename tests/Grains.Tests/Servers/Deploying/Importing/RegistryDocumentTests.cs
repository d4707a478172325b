namespace Smcp.Servers.Deploying.Importing;

/// <summary>Documents of the MCP registry.</summary>
public sealed class RegistryDocumentTests
{
    private const string Package =
        """
        {"$schema":"https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
         "name":"io.github.acme/brave","description":"Searches the web.","version":"1.0.2",
         "packages":[
          {"registryType":"oci","identifier":"acme/brave","transport":{"type":"stdio"}},
          {"registryType":"npm","identifier":"@acme/server-brave","version":"1.0.2","runtimeHint":"npx",
           "transport":{"type":"stdio"},"runtimeArguments":[{"type":"named","name":"-y"}],
           "packageArguments":[
            {"type":"positional","value":"serve"},
            {"type":"named","name":"--region","default":"eu"},
            {"type":"named","name":"-l","value":"{level}","variables":{"level":{"default":"info"}}},
            {"type":"positional","valueHint":"place","isRequired":true}],
           "environmentVariables":[
            {"name":"BRAVE_API_KEY","isRequired":true,"isSecret":true},
            {"name":"EXTRA_KEY","isSecret":true},
            {"name":"MODE","default":"fast"},{"name":"UNSET"}]}]}
        """;

    [Fact]
    public void Package_BecomesAProgram()
    {
        var found = ImportFormsTests.Read(
            $$"""{"serverJson":{{Package}},"values":{"place":"here"},"egress":["api.brave.example:443"]}""");
        var settings = ImportFormsTests.SettingsOf(found, "p.js");

        Assert.Equal(new NpmPackage("@acme/server-brave", "1.0.2", null), found.Package);
        Assert.Equal(["p.js", "serve", "--region=eu", "-l", "info", "here"], settings.Process!.Arguments);
        Assert.Equal(["MODE"], settings.Process.Environment.Keys);
        Assert.Equal(["BRAVE_API_KEY"], settings.Process.SecretEnvironment.Keys);
        Assert.Equal(["BRAVE_API_KEY"], settings.Secrets);
        Assert.Equal("Searches the web.", settings.Description);
        Assert.Equal(("io.github.acme/brave", "1.0.2"), (found.Origin.Name, found.Origin.Version));
    }

    [Fact]
    public void OptionalSecret_IsTaken_WhenItIsNamed()
    {
        var settings = ImportFormsTests.SettingsOf(
            ImportFormsTests.Read($$"""{"serverJson":{{Package}},"values":{"place":"x"},"secrets":["EXTRA_KEY"]}"""),
            "p.js");

        Assert.Equal(["BRAVE_API_KEY", "EXTRA_KEY"], settings.Process!.SecretEnvironment.Keys);
    }

    [Fact]
    public void Remote_BecomesAServerElsewhere()
    {
        var settings = ImportFormsTests.SettingsOf(ImportFormsTests.Read(
            """
            {"name":"io.github.acme/hub","description":"d","version":"1",
             "remotes":[{"type":"streamable-http","url":"https://{region}.hub.example/mcp",
              "variables":{"region":{"default":"eu"}},
              "headers":[{"name":"Authorization","value":"Bearer {token}","isRequired":true,
               "variables":{"token":{"isRequired":true,"isSecret":true}}},
               {"name":"X-Api-Key","isRequired":true,"isSecret":true},{"name":"X-Set","default":"all"}]}]}
            """));

        Assert.Equal("https://eu.hub.example/mcp", settings.Remote!.Url);
        Assert.Equal("Bearer ${TOKEN}", settings.Remote.Headers["Authorization"]);
        Assert.Equal("${X_API_KEY}", settings.Remote.Headers["X-Api-Key"]);
        Assert.Equal("all", settings.Remote.Headers["X-Set"]);
        Assert.Equal(["TOKEN", "X_API_KEY"], settings.Secrets);
    }

    [Theory]
    [InlineData("""{"name":"a/b","packages":[{"registryType":"pypi","identifier":"x"}]}""",
        "has no package of the npm registry over stdio, and no server over streamable-http or sse; it has pypi")]
    [InlineData("""{"name":"a/b","packages":[{"registryType":"npm","identifier":"x","transport":{"type":"sse"}}]}""",
        "has no package of the npm registry over stdio")]
    [InlineData("""{"name":"a/b","packages":[{"registryType":"npm","identifier":"x/../y"}]}""",
        "/packages/0/identifier and its version name no package")]
    [InlineData("""
        {"name":"a/b","packages":[{"registryType":"npm","identifier":"x",
         "packageArguments":[{"type":"positional","valueHint":"place","isRequired":true}]}]}
        """, "/packages/0/packageArguments/0 needs a value: give it beside the document, as \"values\": {\"place\"")]
    [InlineData("""
        {"name":"a/b","packages":[{"registryType":"npm","identifier":"x",
         "packageArguments":[{"type":"named","name":"--key","isRequired":true,"isSecret":true}]}]}
        """, "/packages/0/packageArguments/0 is a secret, which no argument can be")]
    [InlineData("""
        {"name":"a/b","packages":[{"registryType":"npm","identifier":"x",
         "environmentVariables":[{"name":"a/b","isRequired":true,"isSecret":true}]}]}
        """, "/packages/0/environmentVariables/0 is a secret whose name is none of a secret")]
    [InlineData("""
        {"name":"a/b","packages":[{"registryType":"npm","identifier":"x",
         "runtimeArguments":[{"type":"named","name":"--mount"}]}]}
        """, "/packages/0/runtimeArguments/0 is an argument for what starts the package")]
    public void Document_IsRefused_WithWords(string document, string words) =>
        Assert.Contains(words, ImportFormsTests.ProblemOf(document), StringComparison.Ordinal);
}
