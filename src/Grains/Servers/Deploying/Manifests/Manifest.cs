using System.Text.Json.Nodes;
using Smcp.Protocol;

namespace Smcp.Servers.Deploying.Manifests;

/// <summary>
/// What a server offers: its instructions, tools, prompts, resources and templates, in canonical form and each list in
/// the order of its names.
/// </summary>
internal sealed class Manifest
{
    private const string InstructionsMember = "instructions";
    private const string CapabilitiesMember = "capabilities";
    private const string ServerInfoMember = "serverInfo";

    private readonly JsonObject _json;

    private Manifest(JsonObject json)
    {
        _json = json;
        Bytes = CanonicalJson.Write(json);
        Hash = CanonicalJson.HashOf(Bytes);
    }

    /// <summary>Its canonical bytes.</summary>
    public byte[] Bytes { get; }

    /// <summary>SHA-256 of them, lower-case hex.</summary>
    public string Hash { get; }

    public string? Instructions => _json.Text(InstructionsMember);

    /// <summary>
    /// What it says of itself, as the result of <c>server/discover</c>; null for one that was found before that was
    /// noted.
    /// </summary>
    public JsonObject? Discovery
    {
        get
        {
            if (_json[CapabilitiesMember] is not JsonObject capabilities)
            {
                return null;
            }

            var discovery = new JsonObject { [CapabilitiesMember] = capabilities.DeepClone() };
            if (_json[ServerInfoMember] is JsonObject info)
            {
                discovery["_meta"] = new JsonObject { [McpMetaKeys.ServerInfo] = info.DeepClone() };
            }

            return discovery;
        }
    }

    /// <param name="discovery">The result of <c>server/discover</c>; null where it was not asked, or not told.</param>
    /// <param name="lists">What it offers.</param>
    public static Manifest Of(
        JsonObject? discovery, IReadOnlyDictionary<ManifestList, IReadOnlyList<JsonObject>> lists)
    {
        var json = new JsonObject();
        if (discovery?.Text(InstructionsMember) is { } instructions)
        {
            json[InstructionsMember] = instructions;
        }

        if (discovery?[CapabilitiesMember] is JsonObject capabilities)
        {
            json[CapabilitiesMember] = capabilities.DeepClone();
        }

        if ((discovery?["_meta"] as JsonObject)?[McpMetaKeys.ServerInfo] is JsonObject info)
        {
            json[ServerInfoMember] = info.DeepClone();
        }

        foreach (var list in ManifestList.All)
        {
            json[list.Member] = new JsonArray([
                .. lists[list]
                    .OrderBy(item => item.Text(list.Name), StringComparer.Ordinal)
                    .Select(CanonicalJson.Of),
            ]);
        }

        return new Manifest((JsonObject)CanonicalJson.Of(json)!);
    }

    /// <summary>One that was stored; null where it is none.</summary>
    public static Manifest? Parse(ReadOnlyMemory<byte> bytes) =>
        RawJson.Parse(bytes) is { } json && ManifestList.All.All(list => json[list.Member] is JsonArray)
            ? new Manifest(json)
            : null;

    /// <summary>The items of a list by name.</summary>
    public IReadOnlyDictionary<string, JsonObject> Items(ManifestList list) => _json[list.Member]!.AsArray()
        .OfType<JsonObject>()
        .Select(item => (Name: item.Text(list.Name), Item: item))
        .Where(pair => pair.Name is not null)
        .DistinctBy(pair => pair.Name)
        .ToDictionary(pair => pair.Name!, pair => pair.Item, StringComparer.Ordinal);

    /// <summary>What is otherwise in another manifest: <c>tools/add</c> and the like.</summary>
    public ManifestChanges ChangesTo(Manifest other)
    {
        var (added, removed, changed) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var list in ManifestList.All)
        {
            var (before, after) = (Items(list), other.Items(list));
            added.AddRange(after.Keys.Where(name => !before.ContainsKey(name)).Select(name => $"{list.Member}/{name}"));
            removed.AddRange(
                before.Keys.Where(name => !after.ContainsKey(name)).Select(name => $"{list.Member}/{name}"));
            changed.AddRange(before
                .Where(pair => after.TryGetValue(pair.Key, out var item) && !IsSame(list, pair.Value, item))
                .Select(pair => $"{list.Member}/{pair.Key}"));
        }

        if (Instructions != other.Instructions)
        {
            changed.Add(InstructionsMember);
        }

        return new ManifestChanges { Added = added, Removed = removed, Changed = changed };
    }

    /// <summary>How large a resource is, and when it was written, is no change of what is offered.</summary>
    private static bool IsSame(ManifestList list, JsonObject one, JsonObject other) =>
        JsonNode.DeepEquals(Lasting(list, one), Lasting(list, other));

    private static JsonObject Lasting(ManifestList list, JsonObject item)
    {
        if (list != ManifestList.Resources)
        {
            return item;
        }

        var lasting = item.DeepClone().AsObject();
        lasting.Remove("size");
        (lasting["annotations"] as JsonObject)?.Remove("lastModified");
        return lasting;
    }
}
