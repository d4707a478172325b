using System.Text.Json.Nodes;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// The Durable Objects of a project for Cloudflare Workers: its bindings, and the migrations that made their classes.
/// </summary>
internal static class WranglerDurableObjects
{
    private const int TextLengthMax = 256;
    private const int ItemsMax = 64;

    /// <summary>What would change where objects that are there belong.</summary>
    private static readonly string[] NotOffered = ["renamed_classes", "deleted_classes", "transferred_classes"];

    /// <summary>What a binding says of a class that is not its own worker's.</summary>
    private static readonly string[] Elsewhere = ["script_name", "environment"];

    /// <summary>Members of <c>env</c>, each with its class.</summary>
    public static JsonObject Read(SettingsPart project)
    {
        var classes = ReadMigrations(project);
        var members = new JsonObject();
        var part = project.Part("durable_objects");
        foreach (var binding in part?.Parts("bindings", ItemsMax) ?? [])
        {
            var name = binding.Text("name", TextLengthMax, isRequired: true) ?? string.Empty;
            var className = binding.Text("class_name", TextLengthMax, isRequired: true) ?? string.Empty;
            foreach (var other in Elsewhere.Where(binding.Has))
            {
                binding.Note(other, "names another worker, whose Durable Objects are out of reach here");
            }

            if (className.Length > 0 && !classes.Contains(className))
            {
                binding.Note("class_name", "is in no new_sqlite_classes or new_classes of the migrations");
            }

            binding.End();
            members[name] = className;
        }

        part?.End();
        return members;
    }

    /// <summary>Both kinds of classes are kept in SQLite here.</summary>
    private static HashSet<string> ReadMigrations(SettingsPart project)
    {
        var classes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var migration in project.Parts("migrations", ItemsMax))
        {
            migration.Text("tag", TextLengthMax, isRequired: true);
            classes.UnionWith(migration.Texts("new_sqlite_classes", ItemsMax, TextLengthMax));
            classes.UnionWith(migration.Texts("new_classes", ItemsMax, TextLengthMax));
            foreach (var missing in NotOffered.Where(migration.Has))
            {
                migration.Note(missing, "is not offered here: a class keeps its name, and its objects stay");
            }

            migration.End();
        }

        return classes;
    }
}
