using Smcp.Protocol;

namespace Smcp.Servers.Deploying.Manifests;

/// <summary>The lists of a server: how each is asked for, what its answer calls it, and what names an item.</summary>
/// <param name="Method">What asks for it.</param>
/// <param name="Member">Its member in the answer, and in a manifest.</param>
/// <param name="Name">The member of an item that names it.</param>
internal sealed record ManifestList(string Method, string Member, string Name)
{
    public static ManifestList Tools { get; } = new(McpMethods.ToolsList, "tools", "name");

    public static ManifestList Prompts { get; } = new(McpMethods.PromptsList, "prompts", "name");

    public static ManifestList Resources { get; } = new(McpMethods.ResourcesList, "resources", "uri");

    public static ManifestList Templates { get; } =
        new(McpMethods.ResourceTemplatesList, "resourceTemplates", "uriTemplate");

    public static IReadOnlyList<ManifestList> All { get; } = [Tools, Prompts, Resources, Templates];

    public static ManifestList? Of(string method) => All.FirstOrDefault(list => list.Method == method);
}
