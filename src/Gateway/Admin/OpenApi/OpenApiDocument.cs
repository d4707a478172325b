using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Smcp.Identity;

namespace Smcp.Admin.OpenApi;

/// <summary>
/// The description of the API (OpenAPI 3.1), made of the same routes that are served: it cannot say other than is.
/// </summary>
internal sealed class OpenApiDocument(AdminRoutes routes, CanonicalUrls urls)
{
    public const string Path = AdminRoutes.Prefix + "/openapi.json";

    private const string Problem = "problem";

    private readonly Lazy<byte[]> _bytes = new(() => JsonSerializer.SerializeToUtf8Bytes(Describe(routes, urls)));

    public ReadOnlyMemory<byte> Bytes => _bytes.Value;

    private static JsonObject Describe(AdminRoutes routes, CanonicalUrls urls)
    {
        var schemas = new JsonObject { [Problem] = Placed(SchemaOf(typeof(AdminProblemBody)), Problem) };
        var paths = new JsonObject();
        foreach (var group in routes.All.GroupBy(route => route.Path))
        {
            var operations = new JsonObject();
            foreach (var route in group)
            {
                operations[route.Method.ToLowerInvariant()] = Operation(route, schemas);
            }

            paths[group.Key] = operations;
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Smcp administration",
                ["version"] = "1",
                ["description"] = "Tenants, keys, users, roles, secrets, servers and their data, audit and encryption.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = urls.Base + AdminRoutes.Prefix }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] = $"An API key, or an access token, with the scope {McpScopes.Admin}.",
                    },
                },
                ["schemas"] = schemas,
            },
        };
    }

    private static JsonObject Operation(AdminRoute route, JsonObject schemas)
    {
        var success = new JsonObject { ["description"] = "Done." };
        if (route.Answer is not null || route.MediaType != "application/json")
        {
            var content = new JsonObject
            {
                [route.MediaType] = new JsonObject
                {
                    ["schema"] = route.Answer is { } answer ? Reference(answer, schemas) : Text(),
                },
            };
            foreach (var other in route.OtherMediaTypes)
            {
                content[other] = new JsonObject { ["schema"] = Text() };
            }

            success["content"] = content;
        }

        var operation = new JsonObject
        {
            ["operationId"] = route.Name,
            ["summary"] = route.Summary,
            ["parameters"] = new JsonArray([.. ParametersOf(route)]),
            ["responses"] = new JsonObject
            {
                [route.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = success,
                ["default"] = new JsonObject
                {
                    ["description"] = "Why not (RFC 9457).",
                    ["content"] = new JsonObject
                    {
                        ["application/problem+json"] = new JsonObject { ["schema"] = Reference(Problem) },
                    },
                },
            },
        };
        if (route.Body is { } body)
        {
            var type = route.Method == "PATCH" ? "application/merge-patch+json" : "application/json";
            var content = new JsonObject { [type] = new JsonObject { ["schema"] = Reference(body, schemas) } };
            if (route.TakesArchive)
            {
                content["application/zip"] = new JsonObject
                {
                    ["schema"] = new JsonObject { ["type"] = "string", ["format"] = "binary" },
                };
            }

            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = content };
        }

        return operation;
    }

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static IEnumerable<JsonNode> ParametersOf(AdminRoute route)
    {
        foreach (var name in route.Parameters)
        {
            yield return Parameter(name, "path", isRequired: true);
        }

        foreach (var name in route.Query.Concat(route.IsPaged ? ["limit", "after"] : []))
        {
            yield return Parameter(name, "query", isRequired: false);
        }

        if (route.NeedsVersion)
        {
            yield return Parameter("If-Match", "header", isRequired: true);
        }

        if (route.Method == "POST")
        {
            yield return Parameter("Idempotency-Key", "header", isRequired: false);
        }
    }

    private static JsonObject Parameter(string name, string place, bool isRequired) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = isRequired,
        ["schema"] = new JsonObject { ["type"] = name == "limit" ? "integer" : "string" },
    };

    private static JsonObject Reference(Type type, JsonObject schemas)
    {
        var name = NameOf(type);
        if (!schemas.ContainsKey(name))
        {
            schemas[name] = Placed(SchemaOf(type), name);
        }

        return Reference(name);
    }

    /// <summary>
    /// A type that a schema has twice is a reference into the schema, which stands in a document here.
    /// </summary>
    private static JsonNode Placed(JsonNode schema, string name)
    {
        switch (schema)
        {
            case JsonObject node:
                if (node["$ref"] is JsonValue value && value.TryGetValue(out string? reference))
                {
                    node["$ref"] = $"#/components/schemas/{name}{reference[1..]}";
                }

                foreach (var (_, inner) in node)
                {
                    _ = inner is null ? null : Placed(inner, name);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    _ = item is null ? null : Placed(item, name);
                }

                break;
            default:
                break;
        }

        return schema;
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}Of{NameOf(type.GenericTypeArguments[0])}"
        : type.Name;

    private static JsonNode SchemaOf(Type type) => AdminJson.Options.GetJsonSchemaAsNode(
        type,
        new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            // An id, a name or a permission is its text.
            TransformSchemaNode = (context, schema) =>
                schema.GetValueKind() == JsonValueKind.True && IsText(context.TypeInfo.Type)
                    ? new JsonObject { ["type"] = "string" }
                    : schema,
        });

    private static bool IsText(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type).GetInterfaces()
            .Any(of => of.IsGenericType && of.GetGenericTypeDefinition() == typeof(IParsable<>));
}
