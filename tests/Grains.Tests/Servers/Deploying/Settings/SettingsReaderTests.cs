using System.Text;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>What a settings document comes to, and what is said of one that cannot be taken.</summary>
public sealed class SettingsReaderTests
{
    [Fact]
    public void Document_IsRead_WithItsDefaults()
    {
        var settings = Read(
            """{"runtime":"process","process":{"command":"node","args":["a.js"],"env":{"B":"2","A":"1"}}}""");

        Assert.Equal(RuntimeKind.Process, settings.Runtime);
        Assert.Equal(InstanceScope.Session, settings.Scope);
        Assert.Equal(ManifestMode.Pinned, settings.Manifest);
        Assert.Equal("node", settings.Process!.Command);
        Assert.Equal(["a.js"], settings.Process.Arguments);
        Assert.Equal(["A", "B"], settings.Process.Environment.Keys);
        Assert.Null(settings.Remote);
        Assert.Empty(settings.Egress);
    }

    [Fact]
    public void Document_IsRead_InFull()
    {
        var settings = Read(
            """
            {"runtime":"remote","scope":"pool","members":3,"description":"d","manifest":"live",
             "remote":{"url":"https://example.org/mcp","secretHeaders":{"Authorization":"TOKEN"}},
             "secrets":["TOKEN","A"],"egress":["API.example.org:443","*.example.com:8443"],
             "limits":{"memoryBytes":134217728,"callSeconds":30}}
            """);

        Assert.Equal((InstanceScope.Pool, 3), (settings.Scope, settings.PoolMembers));
        Assert.Equal(["*.example.com:8443", "api.example.org:443"], settings.Egress);
        Assert.Equal(["A", "TOKEN"], settings.Secrets);
        Assert.Equal((134_217_728, TimeSpan.FromSeconds(30)), (settings.Limits.MemoryBytes, settings.Limits.CallTime));
        Assert.Equal("TOKEN", settings.Remote!.SecretHeaders["Authorization"]);
    }

    /// <summary>A program's environment names its secrets already: to list them again is not needed.</summary>
    [Fact]
    public void Secrets_AreThoseOfTheEnvironmentToo()
    {
        var settings = Read(
            """{"runtime":"process","process":{"command":"a","secretEnv":{"T":"TOKEN"}},"secrets":["B"]}""");

        Assert.Equal(["B", "TOKEN"], settings.Secrets);
    }

    [Fact]
    public void VirtualServer_IsSharedAndLive_UnlessItSaysOtherwise()
    {
        var settings = Read(
            """
            {"runtime":"virtual","virtual":{"members":[{"server":"notes","prefix":"n","tools":["add"],
              "toolItems":[{"name":"add","as":"remember","arguments":{"folder":"desk"}}]},{"server":"mail"}]}}
            """);

        Assert.Equal((InstanceScope.Shared, ManifestMode.Live), (settings.Scope, settings.Manifest));
        Assert.Equal(["notes", "mail"], settings.Virtual!.Members.Select(member => member.Server.ToString()));
        Assert.Equal(["add"], settings.Virtual.Members[0].Tools);
        Assert.Equal(["*"], settings.Virtual.Members[1].Tools);
        var item = Assert.Single(settings.Virtual.Members[0].ToolItems);
        Assert.Equal(("add", "remember"), (item.Name, item.As));
        Assert.Equal("""{"folder":"desk"}""", Encoding.UTF8.GetString(item.Arguments.Span));
    }

    [Theory]
    [InlineData("""{"process":{"command":"x"}}""", "/runtime is missing")]
    [InlineData("""{"runtime":"csharp"}""", "/runtime is none of process, worker, remote, virtual")]
    [InlineData("""{"runtime":"process"}""", "/process is missing")]
    [InlineData("""{"runtime":"process","process":{}}""", "/process/command is missing")]
    [InlineData("""{"runtime":"process","process":{"command":"x"},"remote":{"url":"https://a"}}""",
        "/remote is of another runtime")]
    [InlineData("""{"runtime":"process","process":{"command":"x","shell":true}}""", "/process/shell is not known here")]
    [InlineData("""{"runtime":"process","process":{"command":"x"},"a/b~c":1}""", "/a~1b~0c is not known here")]
    [InlineData("""{"runtime":"process","process":{"command":"x","args":["ok",1]}}""", "/process/args/1 is no text")]
    [InlineData("""{"runtime":"process","process":{"command":"x","env":{"A=B":"1"}}}""", "/process/env has a name")]
    [InlineData("""{"runtime":"process","process":{"command":"x","env":{"A":"1\u0000"}}}""",
        "/process/env/A is no text")]
    [InlineData("""{"runtime":"worker","worker":{"main":"../x.js"}}""", "/worker/main is no file of the bundle")]
    [InlineData("""{"runtime":"remote","remote":{"url":"file:///etc/passwd"}}""", "/remote/url is no absolute URL")]
    [InlineData("""{"runtime":"remote","remote":{"url":"https://u:p@a/"}}""", "/remote/url is no absolute URL")]
    [InlineData("""{"runtime":"remote","remote":{"url":"https://a","secretHeaders":{"Host":"X"}}}""",
        "/remote/secretHeaders names no header")]
    [InlineData("""{"runtime":"remote","remote":{"url":"https://a","secretHeaders":{"A b":"X"}}}""",
        "/remote/secretHeaders names no header")]
    [InlineData("""{"runtime":"remote","remote":{"url":"https://a"},"members":2}""", "/members is for the scope pool")]
    [InlineData("""{"runtime":"remote","remote":{"url":"https://a"},"secrets":["a-b"]}""", "/secrets/0 is no name")]
    [InlineData("""{"runtime":"remote","remote":{"url":"https://a"},"limits":{"memoryBytes":1}}""",
        "/limits/memoryBytes is no whole number")]
    [InlineData("""{"runtime":"virtual","virtual":{"members":[]}}""", "/virtual/members names no server")]
    [InlineData("""{"runtime":"virtual","virtual":{"members":[{"server":"A b"}]}}""",
        "/virtual/members/0/server is no id")]
    [InlineData("""{"runtime":"virtual","virtual":{"members":[{"server":"a"},{"server":"b"}]}}""",
        "/virtual/members/1 has a prefix that names of another member may have")]
    [InlineData(
        """{"runtime":"virtual","virtual":{"members":[{"server":"a","prefix":"x_y"},{"server":"b","prefix":"x"}]}}""",
        "/virtual/members/0 has a prefix that names of another member may have")]
    [InlineData(
        """{"runtime":"virtual","virtual":{"members":[{"server":"a","toolItems":[{"name":"t"},{"name":"t"}]}]}}""",
        "/virtual/members name the same thing twice")]
    [InlineData("""{"runtime":"virtual","scope":"session","virtual":{"members":[{"server":"a"}]}}""",
        "/scope is none of shared, pool")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{", "no JSON object")]
    [InlineData("""{"runtime":"remote","runtime":"process"}""", "no JSON object")]
    public void Document_IsRefused_AtThePlace(string document, string expected) =>
        Assert.Contains(expected, Refuse(document), StringComparison.Ordinal);

    [Fact]
    public void Document_IsToldAllThatIsWrong()
    {
        var refused = Refuse("""{"runtime":"process","process":{"command":7},"egress":["nohost"],"x":1}""");

        Assert.Contains("/process/command", refused, StringComparison.Ordinal);
        Assert.Contains("/egress/0", refused, StringComparison.Ordinal);
        Assert.Contains("/x is not known", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.org:443", true)]
    [InlineData("*.example.org:443", true)]
    [InlineData("db:5432", true)]
    [InlineData("example.org", false)]
    [InlineData("example.org:0", false)]
    [InlineData("example.org:65536", false)]
    [InlineData("https://example.org:443", false)]
    [InlineData("*:443", false)]
    [InlineData("a.*.org:443", false)]
    [InlineData("127.0.0.1:80", false)]
    [InlineData("[::1]:80", false)]
    [InlineData("0x7f000001:80", false)]
    [InlineData("2130706433:80", false)]
    [InlineData("ex ample.org:80", false)]
    public void EgressRule_IsANameAndAPort(string rule, bool isValid) =>
        Assert.Equal(isValid, EgressRule.IsValid(rule));

    private static ServerSettings Read(string document)
    {
        var (settings, fault) = SettingsReader.Read(Encoding.UTF8.GetBytes(document), new HashSet<string>());
        Assert.True(fault is null, fault?.Message);
        return settings!;
    }

    private static string Refuse(string document)
    {
        var (settings, fault) = SettingsReader.Read(Encoding.UTF8.GetBytes(document), new HashSet<string>());
        Assert.Null(settings);
        return fault!.Message;
    }
}
