using System.Text.Json.Nodes;
using Smcp.Servers;

namespace Smcp.Runtimes.OpenApi.Reading;

public sealed class ApiPlanReaderTests
{
    private const string Pets = """
        {
          "/pets": {
            "get": {"operationId": "list pets!", "summary": "Lists pets.", "tags": ["pets"], "responses": {}},
            "post": {"operationId": "addPet", "responses": {}, "tags": ["pets", "write"],
              "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object"}}}}}
          },
          "/pets/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "get": {"responses": {}},
            "delete": {"operationId": "list_pets", "deprecated": true, "description": "Ends it.", "responses": {}},
            "trace": {"responses": {}}
          }
        }
        """;

    [Fact]
    public void Operation_BecomesATool_OfANameThatClientsTake()
    {
        var tools = ApiDescriptions.Tools(ApiDescriptions.Of(Pets));

        Assert.Equal(["list_pets", "addPet", "get_pets_id", "list_pets_2"], tools.Select(tool => tool.Name));
        Assert.Equal("https://eu.example.org/v1", tools[0].Base.ToString());
        var ended = JsonNode.Parse(tools[3].Definition.Span)!;
        Assert.Equal("Deprecated. Ends it.", (string?)ended["description"]);
        Assert.Equal("Lists pets.", (string?)JsonNode.Parse(tools[0].Definition.Span)!["title"]);
    }

    [Theory]
    [InlineData("GET", true, false, true)]
    [InlineData("POST", false, true, false)]
    [InlineData("PUT", false, true, true)]
    [InlineData("DELETE", false, true, true)]
    [InlineData("PATCH", false, true, false)]
    public void Annotations_SayWhatTheMethodPromises(string method, bool readOnly, bool destructive, bool idempotent)
    {
        var (_, definition) = ApiDescriptions.Tool(
            ApiDescriptions.Of("""{"/x": {"METHOD": {"responses": {}}}}"""
                .Replace("METHOD", method.ToLowerInvariant(), StringComparison.Ordinal)));

        Assert.Equal(readOnly, (bool)definition["annotations"]!["readOnlyHint"]!);
        Assert.Equal(destructive, (bool)definition["annotations"]!["destructiveHint"]!);
        Assert.Equal(idempotent, (bool)definition["annotations"]!["idempotentHint"]!);
    }

    [Fact]
    public void Filter_ChoosesOperations_ByNamePlaceTagAndMethod()
    {
        Assert.Equal(["addPet"], Names(new OpenApiFilter { Tags = ["write"] }, new()));
        Assert.Equal(["get_pets_id"], Names(new() { Operations = ["GET /pets/*"] }, new()));
        Assert.Equal(["list_pets"], Names(new() { Tags = ["pets"] }, new() { Methods = ["post"] }));
        Assert.Equal(["list_pets", "addPet"], Names(new(), new() { Operations = ["* /pets/{id}"] }));

        static IEnumerable<string> Names(OpenApiFilter include, OpenApiFilter exclude) => ApiDescriptions.Tools(
            ApiDescriptions.Of(Pets), ApiDescriptions.Settings with { Include = include, Exclude = exclude })
            .Select(tool => tool.Name);
    }

    [Fact]
    public void NameOfTheSettings_IsHad_AndTheOthersMakeWay()
    {
        var tools = ApiDescriptions.Tools(ApiDescriptions.Of(Pets), ApiDescriptions.Settings with
        {
            Tools = [new() { Operation = "GET /pets/{id}", Name = "addPet", Description = "Other words." }],
        });

        Assert.Equal(["list_pets", "addPet_2", "addPet", "list_pets_2"], tools.Select(tool => tool.Name));
        Assert.Equal("Other words.", (string?)JsonNode.Parse(tools[2].Definition.Span)!["description"]);
    }

    [Theory]
    [InlineData("""{"swagger": "2.0"}""", "Swagger 2")]
    [InlineData("""{"openapi": "4.0.0"}""", "3.0 or 3.1")]
    [InlineData("""{"openapi": "3.1.0", "openapi": "3.1.0"}""", "twice")]
    [InlineData("openapi: 3.1.0", "no JSON object")]
    [InlineData("""{"openapi": "3.1.0", "paths": {}}""", "no operation")]
    public void Document_ThatIsNone_IsRefusedWithWords(string document, string words) =>
        Assert.Contains(words, ApiDescriptions.Read(document).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("/x", "get", """{"parameters": [{"$ref": "other.json#/x"}]}""", "not in the document")]
    [InlineData("/x", "get", """{"parameters": [{"$ref": "#/nowhere"}]}""", "not there")]
    [InlineData("/x", "get", """{"parameters": [{"$ref": "#/components/parameters/a"}]}""", "circle")]
    [InlineData("/x/{id}", "get", "{}", "{id}")]
    [InlineData("/x/../y", "get", "{}", "leads elsewhere")]
    [InlineData("/x", "post", """{"requestBody": {"content": {"multipart/form-data": {}}}}""", "multipart")]
    [InlineData("/x", "get", """{"security": [{"key": []}]}""", "/openapi/auth/key")]
    public void Operation_IsRefusedOrLeftOut_WhereNoToolCanBeIt(
        string path, string method, string operation, string words)
    {
        const string ok = """ "/ok": {"get": {"operationId": "ok"}} """;
        var all = "{" + $" \"{path}\": " + "{" + $" \"{method}\": {operation}" + "}," + ok + "}";
        var description = ApiDescriptions.Of(all, """
            {"parameters": {"a": {"$ref": "#/components/parameters/b"}, "b": {"$ref": "#/components/parameters/a"}},
             "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}}
            """);

        Assert.Contains(words, ApiDescriptions.Read(description).Problem, StringComparison.Ordinal);
        var left = ApiDescriptions.Tools(description, ApiDescriptions.Settings with { SkipsUnsupported = true });
        Assert.Equal(["ok"], left.Select(tool => tool.Name));
    }

    [Fact]
    public void Address_MustBeNamedInEgress_WhereOnlyTheDocumentSaysIt()
    {
        const string paths = """{"/x": {"servers": [{"url": "https://evil.example.com"}], "get": {}}}""";
        var description = ApiDescriptions.Of(paths);

        Assert.Contains("evil.example.com:443", ApiDescriptions.Read(description).Problem, StringComparison.Ordinal);
        var given = ApiDescriptions.Settings with { Url = "https://api.example.net/base" };
        Assert.Equal("https://api.example.net/base", ApiDescriptions.Tool(description, given).Tool.Base.ToString());
        var clear = ApiDescriptions.Settings with { Url = "http://api.example.net" };
        Assert.Contains("not https", ApiDescriptions.Read(description, clear).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Variable_IsOneOfItsValues()
    {
        var description = ApiDescriptions.Of("""{"/x": {"get": {"responses": {}}}}""");

        Assert.Equal("us.example.org", ApiDescriptions.Tool(description, In("us")).Tool.Base.Host);
        Assert.Contains(
            "no such value", ApiDescriptions.Read(description, In("evil.com/")).Problem, StringComparison.Ordinal);

        static OpenApiSettings In(string region) => ApiDescriptions.Settings with
        {
            Variables = new Dictionary<string, string> { ["region"] = region },
        };
    }

    [Fact]
    public void Security_IsTheFirstAlternativeThatThereAreCredentialsFor()
    {
        const string components = """
            {"securitySchemes": {
              "oauth": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://id.example.org/token"}}},
              "key": {"type": "apiKey", "in": "query", "name": "key"},
              "basic": {"type": "http", "scheme": "Basic"}}}
            """;
        var description = ApiDescriptions.Of(
            """{"/x": {"get": {"responses": {}}}, "/open": {"get": {"operationId": "open", "security": []}}}""",
            components,
            more: """ "security": [{"oauth": []}, {"key": [], "basic": []}], """);
        var settings = ApiDescriptions.Settings with
        {
            Credentials =
            [
                new() { Scheme = "key", Secret = "KEY" },
                new() { Scheme = "basic", User = "u", Secret = "PASSWORD" },
            ],
        };

        var tools = ApiDescriptions.Tools(description, settings);
        Assert.Equal([ApiSchemeKind.Query, ApiSchemeKind.Basic], tools[0].Schemes.Select(scheme => scheme.Kind));
        Assert.Empty(tools[1].Schemes);
        var client = ApiDescriptions.Settings with
        {
            Credentials = [new() { Scheme = "oauth", ClientId = "c", Secret = "S" }],
        };
        var scheme = Assert.Single(ApiDescriptions.Tools(description, client)[0].Schemes);
        Assert.Equal("https://id.example.org/token", scheme.TokenUrl!.ToString());
    }

    [Theory]
    [InlineData("other", null, "no security scheme")]
    [InlineData("basic", null, "takes user or userSecret")]
    [InlineData("key", "c", "takes secret alone")]
    [InlineData("digest", null, "not offered")]
    [InlineData("spare", null, "asked for by no operation")]
    public void Credential_ThatFitsNoScheme_IsRefusedWithWords(string scheme, string? clientId, string words)
    {
        var description = ApiDescriptions.Of("""{"/x": {"get": {"responses": {}}}}""", """
            {"securitySchemes": {
              "basic": {"type": "http", "scheme": "basic"}, "digest": {"type": "http", "scheme": "digest"},
              "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
              "spare": {"type": "http", "scheme": "bearer"}}}
            """);
        var settings = ApiDescriptions.Settings with
        {
            Credentials = [new() { Scheme = scheme, Secret = "S", ClientId = clientId }],
        };

        Assert.Contains(words, ApiDescriptions.Read(description, settings).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(6, true)]
    public void Parts_ThatReferToEachOtherTooOften_EndTheReading(int parts, bool isEnded)
    {
        // Looked through to a depth of eight, six parts that are the whole again are 6^8.
        const string self = """{"$ref": "#/components/schemas/Self"}""";
        var description = ApiDescriptions.Of(
            """
            {"/x": {"get": {"responses": {"200": {"content": {"application/json": {
              "schema": {"$ref": "#/components/schemas/Self"}}}}}}}}
            """,
            """{"schemas": {"Self": {"allOf": [PARTS]}}}"""
                .Replace("PARTS", string.Join(',', Enumerable.Repeat(self, parts)), StringComparison.Ordinal));
        var settings = ApiDescriptions.Settings with { SkipsUnsupported = true };
        var options = new OpenApiRuntimeOptions { OperationsMax = 1, SchemaBytesMax = 1_024 };

        var (plan, problem) = ApiDescriptions.Read(description, settings, options);
        Assert.Equal(isEnded, plan is null);
        Assert.Equal(isEnded, problem.Contains("steps to read", StringComparison.Ordinal));
    }

    [Fact]
    public void Operations_ThatShareALargePart_EndTheReading()
    {
        const string item = """{"$ref": "#/components/pathItems/all"}""";
        var paths = Enumerable.Range(0, 2_000).Select(i => $"\"/{i}\": {item}");
        var all = """{"pathItems": {"all": {"get": {"operationId": "ID", "responses": {}}}}}"""
            .Replace("ID", new string('x', 100_000), StringComparison.Ordinal);

        Assert.Contains(
            "steps to read",
            ApiDescriptions.Read(ApiDescriptions.Of("{" + string.Join(',', paths) + "}", all)).Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Address_DoesNotGrow_ByVariablesWithinVariables()
    {
        const string paths = """
            {"/x": {"get": {"responses": {}}, "servers": [{"url": "https://eu.example.org/{a}", "variables": {
              "a": {"default": "MANYb"}, "b": {"default": "MANYc"}, "c": {"default": "x"}}}]}}
            """;
        var grows = paths
            .Replace("MANYb", string.Concat(Enumerable.Repeat("{b}", 100)), StringComparison.Ordinal)
            .Replace("MANYc", string.Concat(Enumerable.Repeat("{c}", 100)), StringComparison.Ordinal);
        var stays = paths.Replace("MANYb", "{b}", StringComparison.Ordinal)
            .Replace("MANYc", "{c}", StringComparison.Ordinal);

        Assert.Contains(
            "2048 characters", ApiDescriptions.Read(ApiDescriptions.Of(grows)).Problem, StringComparison.Ordinal);
        Assert.Equal("/x", ApiDescriptions.Tool(ApiDescriptions.Of(stays)).Tool.Base.AbsolutePath);
    }

    [Fact]
    public void Limits_AreKept()
    {
        const string one = """ "/N": {"get": {"responses": {}, "description": "TEXT"}} """;
        var paths = Enumerable.Range(0, 5).Select(i => one
            .Replace("N", $"{i}", StringComparison.Ordinal)
            .Replace("TEXT", new string('x', 400), StringComparison.Ordinal));
        var many = ApiDescriptions.Of("{" + string.Join(',', paths) + "}");

        Assert.Contains("at most 4", Problem(new() { OperationsMax = 4 }), StringComparison.Ordinal);
        Assert.Contains("more than 1024 bytes", Problem(new() { ToolsBytesMax = 1_024 }), StringComparison.Ordinal);
        Assert.Equal(string.Empty, Problem(new() { DescriptionCharsMax = 16 }));

        string Problem(OpenApiRuntimeOptions options) => ApiDescriptions.Read(many, null, options).Problem;
    }
}
