using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Protocol;

namespace Smcp.Runtimes.Worker.Durable;

/// <summary>
/// Where workerd keeps what among the objects of a server, as far as that matters here: <c>v1/nodes/</c> has the lease
/// of each process, <c>v1/do/</c> the Durable Objects with the owner of each, <c>v1/alarms/</c> what is to wake them.
/// </summary>
internal static class DurableKeys
{
    /// <summary>
    /// What workerd calls the place, and what the keys of it begin with among the server's objects: no binding can be
    /// called that.
    /// </summary>
    public const string Bucket = "durable-objects";

    private const string Nodes = "v1/nodes/";
    private const string Lease = ".json";
    private const string Owner = "/own.json";
    private const string Wishes = Bucket + "/v1/wishes/";
    private const int NodeLengthMax = 64;

    private static readonly string[] Served = [Nodes, "v1/do/", "v1/alarms/"];

    /// <summary>
    /// Whether workerd may have it: nothing else is there for it, above all no worker that it would take from there.
    /// </summary>
    public static bool IsServed(string key) =>
        Served.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))
        && key.Split('/').All(part => part is not (".." or "."));

    /// <summary>Says who owns a Durable Object.</summary>
    public static bool IsOwner(string key) => key.EndsWith(Owner, StringComparison.Ordinal);

    /// <summary>Whose lease it is; null where it is none.</summary>
    public static string? NodeOf(string key) =>
        key.StartsWith(Nodes, StringComparison.Ordinal) && key.EndsWith(Lease, StringComparison.Ordinal)
            && key[Nodes.Length..^Lease.Length] is var node && IsNode(node)
            ? node
            : null;

    /// <summary>The process that owns a Durable Object, by what is kept of that; null for none.</summary>
    public static string? NodeIn(ReadOnlyMemory<byte> owner)
    {
        try
        {
            using var json = JsonDocument.Parse(owner);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("node", out var node)
                && node.Text() is { } name && IsNode(name)
                ? name
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is kept of an owner, as workerd writes it where a process gives its object up.</summary>
    public static byte[] WithoutNode(byte[] owner)
    {
        var json = JsonNode.Parse(owner)!;
        json["node"] = string.Empty;
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    /// <summary>Among the server's objects: the lease.</summary>
    public static string LeaseOf(string node) => $"{Bucket}/{Nodes}{node}{Lease}";

    /// <summary>Among the server's objects: that somebody waits for what the process owns.</summary>
    public static string WishOf(string node) => Wishes + node;

    private static bool IsNode(string name) =>
        name.Length is > 0 and <= NodeLengthMax && name.All(char.IsAsciiHexDigitLower);
}
