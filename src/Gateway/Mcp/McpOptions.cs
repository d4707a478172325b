using System.ComponentModel.DataAnnotations;

namespace Smcp.Mcp;

/// <summary>Bounds and times of the MCP endpoint.</summary>
internal sealed class McpOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Gateway:Mcp";

    /// <summary>How deep JSON may be nested. Default: 64.</summary>
    [Range(8, 256)]
    public int DepthMax { get; set; } = 64;

    /// <summary>How many messages a batch may have (2025-03-26). Default: 50.</summary>
    [Range(1, 1000)]
    public int BatchMax { get; set; } = 50;

    /// <summary>How often an idle stream gets a comment, and its log is read again. Default: 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>After how long a client is told to come back to a stream that was closed. Default: 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a stream's reader may take nothing before it is cut off. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many bytes wait for the reader of a stream without session before it is cut off. Default: 1 MiB.
    /// </summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int StreamBufferBytesMax { get; set; } = 1024 * 1024;

    /// <summary>How many streams one session may have open at this gateway. Default: 32.</summary>
    [Range(1, 1000)]
    public int StreamsPerSessionMax { get; set; } = 32;

    /// <summary>How many sessions' revisions are remembered. Default: 20,000.</summary>
    [Range(16, 10_000_000)]
    public int SessionsKeptMax { get; set; } = 20_000;

    /// <summary>How many endpoints' references are kept. Default: 1,000.</summary>
    [Range(16, 1_000_000)]
    public int RoutesKeptMax { get; set; } = 1_000;

    /// <summary>For how long a server's definition is taken as it was. Default: 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DefinitionLifetime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// For how long the headers that a server's tools ask for (x-mcp-header) are taken as they were. Default: 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ToolHeadersLifetime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a stopping gateway lets calls without session run before they are answered by an error; longer than
    /// <c>Smcp:Instances:DrainTimeout</c>, after which instances do so themselves. Default: 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many pages of a server's tools are read to find those headers. Default: 100.</summary>
    [Range(1, 10_000)]
    public int ToolPagesMax { get; set; } = 100;
}
