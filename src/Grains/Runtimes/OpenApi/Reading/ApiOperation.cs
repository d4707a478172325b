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
    public string Id => Json.TextOf("operationId") ?? $"{Method.ToLowerInvariant()}_{Path}";

    /// <summary>Whether it changes nothing (RFC 9110 section 9.2.1).</summary>
    public bool IsSafe => Method is "GET" or "HEAD" or "OPTIONS";

    /// <summary>
    /// All that a description has, in its order. TRACE is none: its answer would repeat our credentials (RFC 9110
    /// section 9.3.8).
    /// </summary>
    public static IEnumerable<ApiOperation> Of(ApiDocument document) =>
        from path in document.Root.Members("paths")
        where path.Name.StartsWith('/')
        let item = document.Resolve(path.Value)
        from member in item.Members()
        where Methods.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Object
        select new ApiOperation(path.Name, member.Name.ToUpperInvariant(), item, member.Value);
}
