using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Smcp.Wire;

namespace Smcp.Conventions.Wire;

/// <summary>
/// Habit 15: what crosses a cluster or is stored keeps its form. Each [Wire] type has a recorded form,
/// Recorded/alias.vN.json: a sample with every member set. A form that changed needs a new version, and its old form
/// must still be read. To record the form of a new type, run these tests with SMCP_RECORD=1 and commit the file.
/// </summary>
[Collection(ConventionCollection.Name)]
public sealed class WireFormTests(SourceTree tree)
{
    private const string Folder = "tests/Conventions.Tests/Wire/Recorded";

    private static readonly string[] Assemblies =
        ["Smcp.Protocol", "Smcp.Grains.Abstractions", "Smcp.Grains", "Smcp.Embedded", "Smcp.Gateway", "Smcp.Hosting"];

    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true };

    [Fact]
    public void Alias_IsUnique() => Assert.Empty(
        WireTypes().GroupBy(t => NameOf(t)).Where(g => g.Count() > 1)
            .Select(g => $"{g.Key}: {string.Join(", ", g.Select(t => t.FullName))}"));

    [Fact]
    public void Form_IsAsRecorded()
    {
        var broken = new List<string>();
        foreach (var type in WireTypes())
        {
            var name = NameOf(type);
            var path = Path.Combine(tree.Root, Folder, $"{name}.json");
            var form = FormOf(type) + "\n";
            if (!File.Exists(path) && Environment.GetEnvironmentVariable("SMCP_RECORD") == "1")
            {
                File.WriteAllText(path, form);
            }
            else if (!File.Exists(path))
            {
                broken.Add($"{name} ({type.Name}) has no recorded form: run with SMCP_RECORD=1, commit it");
            }
            else if (File.ReadAllText(path) != form)
            {
                broken.Add($"{name} ({type.Name}) is written otherwise than recorded; now:\n{form}");
            }
        }

        Assert.True(broken.Count == 0, string.Join("\n", broken));
    }

    [Fact]
    public void RecordedForm_IsRead()
    {
        var broken = new List<string>();
        foreach (var type in WireTypes().Where(t => !t.IsEnum && !t.IsAbstract))
        {
            var value = WireSample.Of(type);
            var written = JsonSerializer.Serialize(value, type, WireJson.Options);
            var again = JsonSerializer.Serialize(
                JsonSerializer.Deserialize(written, type, WireJson.Options), type, WireJson.Options);
            if (written != again)
            {
                broken.Add($"{type.Name}: {written} is read and written back as {again}");
            }
        }

        Assert.True(broken.Count == 0, string.Join("\n", broken));
    }

    [Fact]
    public void Recorded_HasAType()
    {
        var names = WireTypes().Select(NameOf).ToHashSet(StringComparer.Ordinal);
        Rule.Holds(
            "A recorded form belongs to a type.",
            from path in tree.Paths
            where path.StartsWith(Folder + "/", StringComparison.Ordinal)
            where !names.Contains(Path.GetFileNameWithoutExtension(path))
            select new Violation(path, 1, "no type has this alias and version"));
    }

    private static IEnumerable<Type> WireTypes() => Assemblies
        .SelectMany(a => Assembly.Load(a).GetTypes())
        .Where(t => t.GetCustomAttribute<WireAttribute>(inherit: false) is not null)
        .OrderBy(NameOf, StringComparer.Ordinal);

    private static string NameOf(Type type)
    {
        var wire = type.GetCustomAttribute<WireAttribute>(inherit: false)!;
        return $"{wire.Alias}.v{wire.Version}";
    }

    private static string FormOf(Type type)
    {
        if (type.IsEnum)
        {
            var values = Enum.GetValues(type).Cast<object>()
                .ToDictionary(v => v.ToString()!, v => Convert.ToInt64(v, null));
            return JsonSerializer.Serialize(values, Pretty);
        }

        var cases = type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
            .Select(derived => Written(derived.DerivedType))
            .ToArray();
        return (cases.Length == 0 ? Written(type)! : new JsonArray(cases)).ToJsonString(Pretty);

        JsonNode? Written(Type of) => JsonSerializer.SerializeToNode(WireSample.Of(of), type, WireJson.Options);
    }
}
