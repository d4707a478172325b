using System.Text.Json.Nodes;

namespace Smcp.Runtimes.OpenApi.Reading;

public sealed class SchemaWriterTests
{
    [Fact]
    public void Arguments_AreParametersAndBody_WithWhatIsSaidOfThem()
    {
        var (tool, definition) = ApiDescriptions.Tool(ApiDescriptions.Of("""
            {"/pets/{id}": {
              "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "id", "in": "query", "schema": {"type": "integer"}},
                {"name": "filter[a]", "in": "query", "description": "Which.", "style": "deepObject",
                  "schema": {"type": "object"}},
                {"name": "Authorization", "in": "header", "schema": {"type": "string"}},
                {"name": "Host", "in": "header", "schema": {"type": "string"}},
                {"name": "X-Page", "in": "header", "schema": {"type": "integer"}}],
              "put": {"responses": {}, "requestBody": {"required": true, "description": "The pet.",
                "content": {"text/plain": {}, "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}}}
            """, """
            {"schemas": {"Pet": {"type": "object", "required": ["name", "made"], "properties": {
              "name": {"type": "string", "pattern": "^a"},
              "made": {"type": "string", "readOnly": true},
              "owner": {"$ref": "#/components/schemas/Owner", "description": "Whose."}}},
              "Owner": {"type": ["object", "null"], "x-internal": 1, "properties": {"name": {"type": "string"}}}}}
            """));

        Equal("""
            {"type": "object",
             "properties": {
               "id": {"type": "string"}, "id_query": {"type": "integer"},
               "filter_a": {"type": "object", "description": "Which."}, "X-Page": {"type": "integer"},
               "body": {"type": "object", "required": ["name"], "description": "The pet.", "properties": {
                 "name": {"type": "string", "pattern": "^a"},
                 "owner": {"type": ["object", "null"], "properties": {"name": {"type": "string"}},
                   "description": "Whose."}}}},
             "required": ["id", "body"], "additionalProperties": false}
            """, definition["inputSchema"]!);
        Assert.Equal("application/json", tool.Body!.MediaType);
    }

    [Fact]
    public void Recursion_BecomesADefinition()
    {
        var (_, definition) = ApiDescriptions.Tool(ApiDescriptions.Of("""
            {"/x": {"post": {"responses": {}, "requestBody": {"content": {"application/json": {
              "schema": {"$ref": "#/components/schemas/Node"}}}}}}}
            """, """
            {"schemas": {"Node": {"type": "object", "properties": {
              "next": {"$ref": "#/components/schemas/Node"}}}}}
            """));

        Equal("""
            {"type": "object", "additionalProperties": false,
             "properties": {"body": {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}},
             "$defs": {"Node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}}}
            """, definition["inputSchema"]!);
    }

    [Fact]
    public void Schemas_ThatGrowTooLargeInTheirPlaces_BecomeDefinitions()
    {
        // Each level names the next four times: in their places they would be 4^12 schemas.
        const string level = """
            "L0": {"type": "object", "properties": {
              "a": {"$ref": "#/components/schemas/L1"}, "b": {"$ref": "#/components/schemas/L1"},
              "c": {"$ref": "#/components/schemas/L1"}, "d": {"$ref": "#/components/schemas/L1"}}}
            """;
        var schemas = string.Join(',', Enumerable.Range(0, 12).Select(i => level
            .Replace("L1", $"L{i + 1}", StringComparison.Ordinal)
            .Replace("\"L0\"", $"\"L{i}\"", StringComparison.Ordinal)));
        var (tool, definition) = ApiDescriptions.Tool(ApiDescriptions.Of(
            """
            {"/x": {"post": {"responses": {}, "requestBody": {"content": {"application/json": {
              "schema": {"$ref": "#/components/schemas/L0"}}}}}}}
            """,
            "{\"schemas\": {" + schemas + """, "L12": {"type": "string"}}}"""));

        Assert.Equal(13, definition["inputSchema"]!["$defs"]!.AsObject().Count);
        Assert.InRange(tool.Definition.Length, 1_000, 8_000);
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(30_000, true)]
    public void Required_IsPartOfTheSchemasSize(int count, bool isRefused)
    {
        // None is told of in an argument, so nothing but the names themselves grows.
        var names = Enumerable.Range(0, count).Select(i => $"\"n{i}\"").ToList();
        var schema = """{"type": "object", "required": [NAMES], "properties": {MEMBERS}}"""
            .Replace("NAMES", string.Join(',', names), StringComparison.Ordinal)
            .Replace("MEMBERS", string.Join(',', names.Select(name => name + """: {"readOnly": true}""")),
                StringComparison.Ordinal);
        var (_, problem) = ApiDescriptions.Read(ApiDescriptions.Of(
            """
            {"/x": {"post": {"responses": {}, "requestBody": {"content": {"application/json": {
              "schema": {"$ref": "#/components/schemas/Wide"}}}}}}}
            """,
            "{\"schemas\": {\"Wide\": " + schema + "}}"));

        Assert.Equal(isRefused, problem.Contains("schemas of more than 32768 bytes", StringComparison.Ordinal));
        Assert.Equal(isRefused, problem.Length > 0);
    }

    [Fact]
    public void Schema_OfOpenApi30_IsSaidAsJsonSchema()
    {
        var (_, definition) = ApiDescriptions.Tool(ApiDescriptions.Of("""
            {"/x": {"post": {"responses": {}, "requestBody": {"content": {"application/json": {"schema": {
              "type": "object", "discriminator": {"propertyName": "k"}, "example": {}, "properties": {
                "a": {"type": "string", "nullable": true, "enum": ["x"]},
                "b": {"nullable": true, "allOf": [{"type": "string"}]},
                "c": {"type": "integer", "minimum": 1, "exclusiveMinimum": true, "maximum": 9,
                  "exclusiveMaximum": false},
                "d": {"type": "file"}}}}}}}}}
            """, version: "3.0.3"));

        Equal("""
            {"type": "object", "properties": {
              "a": {"type": ["string", "null"], "enum": ["x", null]},
              "b": {"anyOf": [{"allOf": [{"type": "string"}]}, {"type": "null"}]},
              "c": {"type": "integer", "maximum": 9, "exclusiveMinimum": 1},
              "d": {}}}
            """, definition["inputSchema"]!["properties"]!["body"]!);
    }

    [Theory]
    [InlineData("""{"type": "object", "properties": {"a": {"type": "string", "format": "date"}}}""", "", "", true)]
    [InlineData("""{"allOf": [{"properties": {}}]}""", "", """, "default": {}""", true)]
    [InlineData("""{"type": "array"}""", "", "", false)]
    [InlineData("""{"type": "object", "nullable": true}""", "", "", false)]
    [InlineData("""{"type": "object"}""", "", """, "204": {}""", false)]
    [InlineData("""{"type": "object"}""", """, "text/csv": {}""", "", false)]
    public void Output_IsSaid_WhereItIsAlwaysAnObject(string schema, string otherForm, string other, bool isSaid)
    {
        var description = ApiDescriptions.Of("""
            {"/x": {"get": {"responses": {"200": {"content": {"application/json": {"schema": SCHEMA} FORM}} OTHER}}}}
            """
            .Replace("SCHEMA", schema, StringComparison.Ordinal)
            .Replace("FORM", otherForm, StringComparison.Ordinal)
            .Replace("OTHER", other, StringComparison.Ordinal));

        var (tool, definition) = ApiDescriptions.Tool(description);
        Assert.Equal(isSaid, tool.HasOutput);
        Assert.Equal(isSaid ? "object" : null, (string?)definition["outputSchema"]?["type"]);
        Assert.DoesNotContain("format", definition.ToJsonString(), StringComparison.Ordinal);
        var hidden = ApiDescriptions.Tool(description, ApiDescriptions.Settings with { HidesOutput = true });
        Assert.Null(hidden.Definition["outputSchema"]);
    }

    private static void Equal(string expected, JsonNode actual) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
