using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>How JavaScript is to run (<see cref="RuntimeKind.Worker"/>).</summary>
[Wire("worker-settings", 2)]
public sealed record WorkerSettings
{
    /// <summary>The module of the image that is the entry point.</summary>
    public required string Main { get; init; }

    /// <summary>Plain variables, by name.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The path where a worker that speaks MCP itself takes it.</summary>
    public string Path { get; init; } = "/mcp";

    /// <summary>
    /// The date whose behaviour it was written for, <c>yyyy-MM-dd</c>; null: what the runtime's options say.
    /// </summary>
    public string? CompatibilityDate { get; init; }

    /// <summary>What it wants to behave as of another date; those that the runtime knows.</summary>
    public IReadOnlyList<string> CompatibilityFlags { get; init; } = [];

    /// <summary>The members of its <c>env</c> that are KV namespaces, over the server's key-value store.</summary>
    public IReadOnlyList<string> KeyValues { get; init; } = [];

    /// <summary>The members of its <c>env</c> that are R2 buckets, over the server's objects.</summary>
    public IReadOnlyList<string> Objects { get; init; } = [];

    /// <summary>
    /// The members of its <c>env</c> that are namespaces of Durable Objects, each with the class of the main module
    /// whose objects they are.
    /// </summary>
    public IReadOnlyDictionary<string, string> DurableObjects { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Processor time that its process may take while one call runs; null: what the runtime's options say, which it
    /// can only make less.
    /// </summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>Requests to the network and its bindings that each call may cause; null: as above.</summary>
    public int? Subrequests { get; init; }
}
