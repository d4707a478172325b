namespace Smcp.Runtimes.Virtual;

/// <summary>What is shown by names: the two kinds of things that a member's prefix and changes concern.</summary>
internal enum VirtualKind
{
    Tool,
    Prompt,
}
