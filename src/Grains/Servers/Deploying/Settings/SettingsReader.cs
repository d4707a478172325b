using System.Text.Json;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Security.Secrets;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>
/// Reads <c>smcp.json</c>: what it says is checked whole and told with all that is wrong with it; what it does not say
/// has its default. So what a runtime is given is always sound.
/// </summary>
internal static class SettingsReader
{
    public const string FileName = "smcp.json";

    private const int SecretsMax = 64;
    private const int EgressMax = 64;
    private const int PoolMembersMax = 64;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The settings, or why not.</summary>
    /// <param name="document">The bytes.</param>
    /// <param name="files">The paths of the image's files; empty where there is none.</param>
    public static (ServerSettings? Settings, McpFault? Fault) Read(
        ReadOnlyMemory<byte> document, IReadOnlySet<string> files)
    {
        using var json = ForeignJson.Parse(document, Strict);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            return (null, new McpFault(
                FaultReason.InvalidParams, "The settings are no JSON object, or have a member twice."));
        }

        var problems = new SettingsProblems();
        var settings = Read(new SettingsPart(root, string.Empty, problems), files);
        return problems.Any ? (null, problems.ToFault()) : (settings, null);
    }

    private static ServerSettings Read(SettingsPart part, IReadOnlySet<string> files)
    {
        part.Text("$schema", lengthMax: 1_024);
        if (!part.Has("runtime"))
        {
            part.Note("runtime", "is missing");
        }

        var runtime = part.Word(
            "runtime",
            ("process", RuntimeKind.Process), ("worker", RuntimeKind.Worker), ("remote", RuntimeKind.Remote),
            ("virtual", RuntimeKind.Virtual), ("openapi", RuntimeKind.OpenApi));
        var scope = ScopeOf(part, runtime);
        if (part.Has("members") && scope != InstanceScope.Pool)
        {
            part.Note("members", "is for the scope pool");
        }

        var worker = Section(part, "worker", runtime == RuntimeKind.Worker) is { } ofWorker
            ? WorkerSection.Read(ofWorker, files)
            : null;
        if (worker is { DurableObjects.Count: > 0 })
        {
            scope = SharedOf(part, scope);
        }

        var process = Section(part, "process", runtime == RuntimeKind.Process) is { } ofProcess
            ? ProcessSection.Read(ofProcess)
            : null;
        var settings = new ServerSettings
        {
            Runtime = runtime,
            Scope = scope,
            PoolMembers = (int?)part.Number("members", 1, PoolMembersMax) ?? 1,
            Description = part.Text("description", lengthMax: 500),
            Worker = worker,
            Process = process,
            Remote = Section(part, "remote", runtime == RuntimeKind.Remote) is { } remote
                ? RemoteSection.Read(remote)
                : null,
            Virtual = Section(part, "virtual", runtime == RuntimeKind.Virtual) is { } members
                ? VirtualSection.Read(members)
                : null,
            OpenApi = Section(part, "openapi", runtime == RuntimeKind.OpenApi) is { } api
                ? OpenApiSection.Read(api, files)
                : null,
            Secrets = SecretsOf(part, process),
            Egress = EgressOf(part),
            Manifest = ManifestOf(part, runtime),
            Limits = part.Part("limits") is { } limits ? LimitsOf(limits) : new ServerLimits(),
        };
        part.End();
        return settings;
    }

    /// <summary>What keeps nothing of a client's is one instance for them all.</summary>
    private static InstanceScope ScopeOf(SettingsPart part, RuntimeKind runtime) =>
        runtime is RuntimeKind.Virtual or RuntimeKind.OpenApi
        ? part.Word("scope", ("shared", InstanceScope.Shared), ("pool", InstanceScope.Pool))
        : part.Word(
            "scope",
            ("session", InstanceScope.Session), ("shared", InstanceScope.Shared), ("pool", InstanceScope.Pool));

    /// <summary>One process for all clients: a Durable Object is in one at a time.</summary>
    private static InstanceScope SharedOf(SettingsPart part, InstanceScope scope)
    {
        if (part.Has("scope") && scope != InstanceScope.Shared)
        {
            part.Note("scope", "is shared for a worker with Durable Objects");
        }

        return InstanceScope.Shared;
    }

    /// <summary>What a virtual server shows was approved at its members, where it had to be.</summary>
    private static ManifestMode ManifestOf(SettingsPart part, RuntimeKind runtime) => runtime == RuntimeKind.Virtual
        ? part.Word("manifest", ("live", ManifestMode.Live), ("pinned", ManifestMode.Pinned))
        : part.Word("manifest", ("pinned", ManifestMode.Pinned), ("live", ManifestMode.Live));

    /// <summary>A runtime's own section: there for that runtime, and for no other.</summary>
    private static SettingsPart? Section(SettingsPart part, string name, bool isWanted)
    {
        var section = part.Part(name);
        if (section is null == isWanted)
        {
            part.Note(name, isWanted ? "is missing" : "is of another runtime");
        }

        return isWanted ? section : null;
    }

    /// <summary>Those that are listed, and those that a program's environment names.</summary>
    private static IReadOnlyList<string> SecretsOf(SettingsPart part, ProcessSettings? process)
    {
        var names = part.Texts("secrets", SecretsMax, lengthMax: 64);
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length > 0 && !SecretName.IsValid(names[i]))
            {
                part.Note("secrets", i, "is no name of a secret: A-Z, 0-9 and _");
            }
        }

        return
        [
            .. names.Concat(process?.SecretEnvironment.Values ?? [])
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    private static IReadOnlyList<string> EgressOf(SettingsPart part)
    {
        var rules = part.Texts("egress", EgressMax, lengthMax: 260);
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].Length > 0 && !EgressRule.IsValid(rules[i]))
            {
                part.Note("egress", i, "is no host:port, where the host may begin with *. for all below it");
            }
        }

        return [.. rules.Select(rule => rule.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)];
    }

    private static ServerLimits LimitsOf(SettingsPart part)
    {
        var limits = new ServerLimits
        {
            MemoryBytes = part.Number("memoryBytes", 16L * 1024 * 1024, 1L << 40),
            CallTime = part.Number("callSeconds", 1, 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        part.End();
        return limits;
    }
}
