using System.Text.Json;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>An operation as the description has it.</summary>
/// <param name="Path">The template of its path.</param>
/// <param name="Method">Its HTTP method, in capitals.</param>
/// <param name="Item">What all operations of the path share.</param>
/// <param name="Json">What it says itself.</param>
internal sealed record ApiOperation(string Path, string Method, JsonElement Item, JsonElement Json)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch"];

    /// <summary>Where it stands.</summary>
    public string Place => $"{Method} {Path}";

    /// <summary>What it is called: by its description, or by where it stands.</summary>
    public string Id { get; } = Json.TextOf("operationId") ?? $"{Method.ToLowerInvariant()}_{Path}";

    /// <summary>Whether it changes nothing (RFC 9110 section 9.2.1).</summary>
    public bool IsSafe => Method is "GET" or "HEAD" or "OPTIONS";

    /// <summary>
    /// All that a description has, in its order. TRACE is none: its answer would repeat our credentials (RFC 9110
    /// section 9.3.8).
    /// </summary>
    /// <exception cref="OpenApiException">A path leads nowhere, or all of them to too much.</exception>
    public static IEnumerable<ApiOperation> Of(ApiDocument document)
    {
        foreach (var path in document.Root.Members("paths").Where(path => path.Name.StartsWith('/')))
        {
            var item = document.Resolve(path.Value);
            foreach (var member in item.Members().Where(
                member => Methods.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Object))
            {
                // Many paths may share an item, and what filters look at is read for each.
                document.Visit(member.Value);
                document.Spend(member.Value.LengthOf("operationId") + member.Value.LengthOf("tags"));
                yield return new ApiOperation(path.Name, member.Name.ToUpperInvariant(), item, member.Value);
            }
        }
    }
}
