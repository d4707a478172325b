using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers.Deploying.Manifests;

/// <summary>
/// Reads what a running server offers, as any client would: every page of every list. What it does not serve is empty.
/// </summary>
internal sealed class ManifestReader(DeployOptions options)
{
    /// <summary>The manifest, or why there is none, in words for the server's tenant.</summary>
    public async ValueTask<(Manifest? Manifest, string? Problem)> ReadAsync(
        ManifestAsker asker, CancellationToken cancellationToken)
    {
        var lists = new Dictionary<ManifestList, IReadOnlyList<JsonObject>>();
        foreach (var list in ManifestList.All)
        {
            var (items, problem) = await ReadAsync(asker, list, cancellationToken);
            if (items is null)
            {
                return (null, problem);
            }

            lists[list] = items;
        }

        var discovery = asker.Session is null
            ? await asker.AskAsync(McpMethods.Discover, [], cancellationToken)
            : null;
        var manifest = Manifest.Of(discovery is { IsError: false } ? RawJson.Parse(discovery.Body) : null, lists);
        return manifest.Bytes.Length <= options.ManifestBytesMax
            ? (manifest, null)
            : (null, $"What it offers has more than {options.ManifestBytesMax} bytes.");
    }

    private async ValueTask<(IReadOnlyList<JsonObject>? Items, string? Problem)> ReadAsync(
        ManifestAsker asker, ManifestList list, CancellationToken cancellationToken)
    {
        var items = new List<JsonObject>();
        string? cursor = null;
        long bytes = 0;
        for (var page = 0; page < options.ManifestPagesMax && bytes <= options.ManifestBytesMax; page++)
        {
            var parameters = cursor is null ? new JsonObject() : new JsonObject { ["cursor"] = cursor };
            var reply = await asker.AskAsync(list.Method, parameters, cancellationToken);
            bytes += reply.Body.Length;
            if (reply.IsError)
            {
                return IsNotServed(reply)
                    ? ([], null)
                    : (null, $"It answered {list.Method} with an error: {Said(reply)}");
            }

            if (RawJson.Parse(reply.Body) is not { } result || result[list.Member] is not JsonArray found
                || found.Any(item => (item as JsonObject)?.Text(list.Name) is null))
            {
                return (null, $"Its answer to {list.Method} is no list.");
            }

            items.AddRange(found.Select(item => item!.AsObject()));
            cursor = result.Text("nextCursor");
            if (cursor is null)
            {
                return items.DistinctBy(item => item.Text(list.Name)).Count() == items.Count
                    ? (items, null)
                    : (null, $"Its answer to {list.Method} has two of one name.");
            }
        }

        return (null, $"Its answer to {list.Method} has too many pages, or too many bytes.");
    }

    /// <summary>What the error says, for people.</summary>
    private static string Said(McpReply reply) => ClientText.Clip(string.Concat(
        (RawJson.Parse(reply.Body)?.Text("message") ?? "nothing").Select(c => char.IsControl(c) ? ' ' : c)));

    private static bool IsNotServed(McpReply reply) =>
        RawJson.Parse(reply.Body)?["code"] is JsonValue code && code.TryGetValue(out int number)
        && number == McpErrorCodes.MethodNotFound;
}
