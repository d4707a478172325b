using System.Text.Json.Nodes;
using Smcp.Servers.Deploying.Images;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// The build of a project for Cloudflare Workers: an archive with its <c>wrangler.jsonc</c> and what
/// <c>wrangler deploy --dry-run --outdir dist</c> made of it. What a worker cannot have here is refused by its name.
/// </summary>
internal static class WranglerProject
{
    private const int TextLengthMax = 4_096;
    private const int ItemsMax = 64;

    /// <summary>What says how it is built, called and watched there, and nothing of what it has.</summary>
    private static readonly string[] OfCloudflare =
    [
        "$schema", "account_id", "workers_dev", "preview_urls", "route", "routes", "observability", "minify", "dev",
        "placement", "build", "no_bundle", "find_additional_modules", "rules", "base_dir", "preserve_file_names",
        "logpush", "upload_source_maps", "keep_vars", "keep_names", "tsconfig", "jsx_factory", "jsx_fragment", "env",
        "send_metrics", "alias", "define", "usage_model", "legacy_env", "python_modules", "compliance_region",
    ];

    private static readonly string[] NotOffered =
    [
        "d1_databases", "queues", "services", "assets", "site", "ai", "ai_search",
        "vectorize", "hyperdrive", "analytics_engine_datasets", "browser", "send_email", "mtls_certificates",
        "workflows", "dispatch_namespaces", "pipelines", "secrets_store_secrets", "images", "version_metadata",
        "triggers", "tail_consumers", "unsafe", "containers", "cloudchamber", "ratelimits", "media", "vpc_services",
        "worker_loaders", "wasm_modules", "text_blobs", "data_blobs", "logfwdr", "unsafe_hello_world",
    ];

    /// <summary>In the order in which they are looked for.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["wrangler.jsonc", "wrangler.json"];

    public static ImportedServer? Read(SettingsPart project, SettingsPart? beside, IReadOnlyList<ImageFile> files)
    {
        var settings = new ImportedSettings(beside);
        var worker = new JsonObject
        {
            ["main"] = ReadMain(project, files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal)),
            ["vars"] = ImportedSettings.Map(project.Map("vars", ItemsMax, TextLengthMax)),
            ["compatibilityFlags"] = ImportedSettings.Texts(
                project.Texts("compatibility_flags", ItemsMax, TextLengthMax)),
            ["kv"] = ImportedSettings.Texts(ReadBindings(project, "kv_namespaces")),
            ["r2"] = ImportedSettings.Texts(ReadBindings(project, "r2_buckets")),
            ["durableObjects"] = WranglerDurableObjects.Read(project),
        };
        Set(worker, "compatibilityDate", project.Text("compatibility_date", TextLengthMax));
        Set(worker, "path", beside?.Text("path", TextLengthMax));
        ReadLimits(project.Part("limits"), worker);
        foreach (var secret in project.Part("secrets")?.Texts("required", ItemsMax, TextLengthMax) ?? [])
        {
            settings.Grant(secret);
        }

        var origin = new ServerOrigin { Form = OriginForm.Wrangler, Name = project.Text("name", TextLengthMax) };
        foreach (var ignored in OfCloudflare)
        {
            project.Node(ignored);
        }

        foreach (var missing in NotOffered.Where(project.Has))
        {
            project.Note(missing, "is not offered to workers here");
        }

        project.End();
        beside?.End();
        return new ImportedServer(settings.As("worker", worker), origin);
    }

    /// <summary>The built module: the main one itself, or what was built of it.</summary>
    private static string ReadMain(SettingsPart project, HashSet<string> files)
    {
        var main = project.Text("main", TextLengthMax, isRequired: true) ?? string.Empty;
        var path = main.StartsWith("./", StringComparison.Ordinal) ? main[2..] : main;
        var built = Path.GetFileNameWithoutExtension(path) + ".js";
        string[] candidates =
            Path.GetExtension(path) is ".js" or ".mjs" ? [path, $"dist/{built}", built] : [$"dist/{built}", built];
        if (candidates.FirstOrDefault(files.Contains) is { } found)
        {
            return found;
        }

        if (main.Length > 0)
        {
            project.Note("main", $"is not built: the archive has none of {string.Join(", ", candidates)} "
                + "(wrangler deploy --dry-run --outdir dist)");
        }

        return path;
    }

    private static List<string> ReadBindings(SettingsPart project, string name) =>
        [.. project.Parts(name, ItemsMax).Select(part => part.Text("binding", TextLengthMax, isRequired: true) ?? "")];

    private static void ReadLimits(SettingsPart? limits, JsonObject worker)
    {
        foreach (var (theirs, ours) in new[] { ("cpu_ms", "cpuMilliseconds"), ("subrequests", "subrequests") })
        {
            if (limits?.Node(theirs) is { } value)
            {
                worker[ours] = value;
            }
        }

        limits?.End();
    }

    private static void Set(JsonObject worker, string name, string? text)
    {
        if (text is not null)
        {
            worker[name] = text;
        }
    }
}
