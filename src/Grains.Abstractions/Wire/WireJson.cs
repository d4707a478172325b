using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Smcp.Wire;

/// <summary>How messages and states are written: the one set of JSON options.</summary>
public static class WireJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
            Converters = { new JsonStringEnumConverter() },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WriteWhatIsMissed } },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>
    /// Not writing a default saves room where reading nothing gives it back. A required property is read only where it
    /// stands, and one that begins as another value than its type's default would become that: both always stand.
    /// </summary>
    private static void WriteWhatIsMissed(JsonTypeInfo type)
    {
        var begun = type.CreateObject?.Invoke();
        foreach (var property in type.Properties.Where(property => property.IsRequired || Begins(property, begun)))
        {
            property.ShouldSerialize = static (_, _) => true;
        }
    }

    /// <summary>Whether a new object has a value there that is not its type's default.</summary>
    private static bool Begins(JsonPropertyInfo property, object? begun) =>
        begun is not null && property is { PropertyType.IsValueType: true, Get: { } get, Set: not null }
        && get(begun) is { } value && !value.Equals(Activator.CreateInstance(property.PropertyType));
}
