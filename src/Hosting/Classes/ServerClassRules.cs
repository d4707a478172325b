using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Smcp.Hosting.Classes;

/// <summary>What a server class must keep to; each check reports all of its problems.</summary>
internal static partial class ServerClassRules
{
    private const int PoolMembersMax = 1024;

    public static IReadOnlyList<string> Check(Type type)
    {
        var attribute = type.GetCustomAttribute<McpServerAttribute>();
        if (attribute is null)
        {
            return ["It has no [McpServer] attribute."];
        }

        var problems = new List<string>();
        if (!NamePattern().IsMatch(attribute.Name))
        {
            problems.Add(
                $"The name '{attribute.Name}' is not of lower-case letters, digits and dashes, 1 to 63 characters.");
        }

        if (!ServerClass.IsConstructed(type) || type.IsAbstract)
        {
            problems.Add("It is abstract or static.");
        }

        if (attribute.PoolMembers is < 0 or > PoolMembersMax)
        {
            problems.Add($"A pool has 1 to {PoolMembersMax} instances.");
        }

        if (attribute.Startup is { } startup && !IsStartup(startup))
        {
            problems.Add($"{startup.Name} does not implement IServerStartup with a parameterless constructor.");
        }

        problems.AddRange(SchemaProblems([type, .. attribute.Parts]));
        return problems;
    }

    public static IReadOnlyList<string> Check(ServerClass server)
    {
        var problems = new List<string>();
        problems.AddRange(Repeated("tools", server.Tools.Select(tool => tool.ProtocolTool.Name)));
        problems.AddRange(Repeated("prompts", server.Prompts.Select(prompt => prompt.ProtocolPrompt.Name)));
        problems.AddRange(Repeated(
            "resources", server.Resources.Select(resource => resource.ProtocolResourceTemplate.UriTemplate)));
        if (server.Filters.Message.IncomingFilters.Count + server.Filters.Message.OutgoingFilters.Count > 0)
        {
            problems.Add("Message filters belong to the host; use request filters.");
        }

        if (server.Handlers.CallToolWithAlternateHandler is not null ||
            server.Filters.Request.CallToolWithAlternateFilters.Count > 0)
        {
            problems.Add("Alternate tool results belong to the host; mark the tool with [McpTask].");
        }

        if (server.Handlers.SubscriptionsListenHandler is not null)
        {
            problems.Add("Listen streams belong to the host; use IServerNotifier.");
        }

        return problems;
    }

    private static IEnumerable<string> SchemaProblems(IEnumerable<Type> parts)
    {
        foreach (var method in parts.SelectMany(part => part.GetMethods(
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)))
        {
            if (method.GetCustomAttribute<McpInputSchemaAttribute>() is { } schema && !IsObjectSchema(schema.Json))
            {
                yield return $"[McpInputSchema] of {method.Name} is not a JSON object with \"type\": \"object\".";
            }
        }
    }

    private static bool IsObjectSchema(string json)
    {
        try
        {
            var schema = JsonElement.Parse(json);
            return schema.ValueKind == JsonValueKind.Object
                && schema.TryGetProperty("type", out var type)
                && type.ValueKind == JsonValueKind.String
                && type.ValueEquals("object");
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsStartup(Type type) =>
        type.IsAssignableTo(typeof(IServerStartup)) && type.GetConstructor(Type.EmptyTypes) is not null;

    private static IEnumerable<string> Repeated(string kind, IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => $"Several {kind} are called '{group.Key}'.");

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex NamePattern();
}
