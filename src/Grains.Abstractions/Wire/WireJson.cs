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
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WriteRequired } },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>
    /// A required property is read only where it stands, so it is written even when it is the default.
    /// </summary>
    private static void WriteRequired(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.IsRequired))
        {
            property.ShouldSerialize = static (_, _) => true;
        }
    }
}
