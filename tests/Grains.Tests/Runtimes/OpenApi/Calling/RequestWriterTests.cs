using System.Text;
using System.Text.Json;

namespace Smcp.Runtimes.OpenApi.Calling;

public sealed class RequestWriterTests
{
    private const string Paths = """
        {"/pets/{id}/{part}.json": {"put": {"operationId": "put", "responses": {}, "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {}},
            {"name": "part", "in": "path", "required": true, "schema": {}},
            {"name": "q", "in": "query", "schema": {}},
            {"name": "c", "in": "cookie", "schema": {}},
            {"name": "X-A", "in": "header", "schema": {}}],
          "requestBody": {"required": true, "content": {"application/json": {}}}}}}
        """;

    private const string Whole =
        """{"id": "a/b", "part": 7, "q": ["x y", "z"], "c": "; d=1", "X-A": true, "body": {"n": 1.10}}""";

    [Fact]
    public void Call_BecomesARequest()
    {
        var (request, problem) = Write(Whole);

        Assert.Null(problem);
        Assert.Equal("https://eu.example.org/v1/pets/a%2Fb/7.json?q=x%20y&q=z", request!.Uri.OriginalString);
        Assert.Equal("/v1/pets/a%2Fb/7.json?q=x%20y&q=z", request.Uri.PathAndQuery);
        Assert.Equal("c=%3B%20d%3D1", request.Cookies);
        Assert.Equal(("X-A", "true"), Assert.Single(request.Headers));
        Assert.Equal("""{"n": 1.10}""", Encoding.UTF8.GetString(request.Body!.Value.Span));
    }

    [Theory]
    [InlineData("""{"id": "..", "part": "x", "body": 1}""", "would lead out")]
    [InlineData("""{"id": "../../admin", "part": "x", "body": 1}""", "would lead out")]
    [InlineData("""{"id": "..\\admin", "part": "x", "body": 1}""", "would lead out")]
    [InlineData("""{"id": "%2e%2e%2fadmin", "part": "x", "body": 1}""", "would lead out")]
    [InlineData("""{"id": "a\u0000", "part": "x", "body": 1}""", "would lead out")]
    [InlineData("""{"id": "", "part": "x", "body": 1}""", "'id' is empty")]
    [InlineData("""{"id": [], "part": "x", "body": 1}""", "'id' is empty")]
    [InlineData("""{"id": null, "part": "x", "body": 1}""", "'id' is empty")]
    [InlineData("""{"part": "x", "body": 1}""", "'id' is missing")]
    [InlineData("""{"id": 1, "part": "x"}""", "'body' is missing")]
    [InlineData("""{"id": 1, "part": "x", "body": 1, "other": 1}""", "'other' is no argument")]
    [InlineData("""{"id": "\ud800", "part": "x", "body": 1}""", "no text")]
    public void Arguments_ThatNoRequestCanBe_AreRefusedWithWords(string arguments, string words)
    {
        var (request, problem) = Write(arguments);

        Assert.Null(request);
        Assert.Contains(words, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_OfOneSegment_DoNotBecomeTheFolderAbove()
    {
        var (request, problem) = Write(
            """{"a": ".", "b": "."}""",
            """
            {"/x/{a}{b}/y": {"get": {"responses": {}, "parameters": [
              {"name": "a", "in": "path", "required": true, "schema": {}},
              {"name": "b", "in": "path", "required": true, "schema": {}}]}}}
            """);

        Assert.Null(request);
        Assert.Contains("would lead out", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x", true)]
    [InlineData("filter", true)]
    [InlineData("key", true)]
    [InlineData("api_key", false)]
    [InlineData("API_Key", false)]
    [InlineData("api_key[]", false)]
    [InlineData("api_key[a]", false)]
    [InlineData("api.key", false)]
    [InlineData("api[key", false)]
    [InlineData(" api_key ", false)]
    [InlineData("api_key\\u0000x", false)]
    [InlineData("page", false)]
    [InlineData("Page", false)]
    public void Member_DoesNotStandWhereACredentialOrAnotherArgumentDoes(string member, bool isWritten)
    {
        var (request, problem) = WriteWithKeys("""{"filter": {"MEMBER": "ATTACKERS"}}"""
            .Replace("MEMBER", member, StringComparison.Ordinal));

        Assert.Equal(isWritten ? $"?{member}=ATTACKERS" : null, request?.Uri.Query);
        Assert.Equal(!isWritten, problem?.Contains("not its own to set", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData("""{"pref": {"sid": "ATTACKERS"}}""", null)]
    [InlineData("""{"pref": {"b": "2"}}""", null)]
    [InlineData("""{"pref": "sid=ATTACKERS; sid=2"}""", "pref=sid%3DATTACKERS%3B%20sid%3D2")]
    [InlineData("""{"whole": {"sid": "2"}}""", "whole=sid,2")]
    public void Cookie_IsOneOfItsOwnName(string arguments, string? cookies)
    {
        var (request, problem) = WriteWithKeys(arguments);

        Assert.Equal(cookies, request?.Cookies);
        Assert.Equal(cookies is null, problem?.Contains("cookie cannot be", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void Limits_AreKept()
    {
        Assert.Contains("URL", Write(Whole, options: new() { UrlCharsMax = 40 }).Problem, StringComparison.Ordinal);
        Assert.Contains("body", Write(Whole, options: new() { RequestBytesMax = 4 }).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Form_IsWrittenByItsEncoding()
    {
        var (request, _) = Write(
            """{"body": {"a": "x&y", "b": [1, 2], "c": {"d": 1}, "e": {"f": 1}, "g": null}}""",
            """
            {"/x": {"post": {"responses": {}, "requestBody": {"content": {"application/x-www-form-urlencoded": {
              "encoding": {"c": {"style": "deepObject", "explode": true}}}}}}}}
            """);

        Assert.Equal(
            "a=x%26y&b=1&b=2&c%5Bd%5D=1&e=%7B%22f%22%3A%201%7D", Encoding.UTF8.GetString(request!.Body!.Value.Span));
    }

    /// <summary>An operation that credentials stand in the query and in a cookie of.</summary>
    private static (ApiRequest? Request, string? Problem) WriteWithKeys(string arguments)
    {
        var description = ApiDescriptions.Of(
            """
            {"/find": {"get": {"responses": {}, "security": [{"key": [], "session": []}], "parameters": [
              {"name": "filter", "in": "query", "schema": {"type": "object"}},
              {"name": "page", "in": "query", "schema": {}},
              {"name": "pref", "in": "cookie", "schema": {"type": "object"}},
              {"name": "whole", "in": "cookie", "explode": false, "schema": {"type": "object"}}]}}}
            """,
            """
            {"securitySchemes": {
              "key": {"type": "apiKey", "in": "query", "name": "api_key"},
              "session": {"type": "apiKey", "in": "cookie", "name": "sid"}}}
            """);
        var (tool, _) = ApiDescriptions.Tool(description, ApiDescriptions.Settings with
        {
            Credentials =
            [
                new() { Scheme = "key", Secret = "KEY" },
                new() { Scheme = "session", Secret = "SESSION" },
            ],
        });
        return new RequestWriter(new()).Write(tool, JsonDocument.Parse(arguments).RootElement);
    }

    private static (ApiRequest? Request, string? Problem) Write(
        string arguments, string paths = Paths, OpenApiRuntimeOptions? options = null)
    {
        var (tool, _) = ApiDescriptions.Tool(ApiDescriptions.Of(paths));
        return new RequestWriter(options ?? new()).Write(tool, JsonDocument.Parse(arguments).RootElement);
    }
}
