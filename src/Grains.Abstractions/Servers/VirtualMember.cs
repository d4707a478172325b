using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>
/// A server that a virtual one is composed of, and what of it is shown. In a filter, <c>*</c> stands for any text.
/// </summary>
[Wire("virtual-member", 1)]
public sealed record VirtualMember
{
    public required ServerId Server { get; init; }

    /// <summary>
    /// What the names of its tools and prompts begin with, before an underscore. Empty: they stand as they are.
    /// </summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>The tools that are shown, by their own names.</summary>
    public IReadOnlyList<string> Tools { get; init; } = ["*"];

    /// <summary>The prompts that are shown, by their own names.</summary>
    public IReadOnlyList<string> Prompts { get; init; } = ["*"];

    /// <summary>The resources that are shown, by their URIs or URI templates.</summary>
    public IReadOnlyList<string> Resources { get; init; } = ["*"];

    /// <summary>What is said of its tools in other words.</summary>
    public IReadOnlyList<VirtualItem> ToolItems { get; init; } = [];

    /// <summary>What is said of its prompts in other words.</summary>
    public IReadOnlyList<VirtualItem> PromptItems { get; init; } = [];
}
