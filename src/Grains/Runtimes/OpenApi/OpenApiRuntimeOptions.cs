using System.ComponentModel.DataAnnotations;

namespace Smcp.Runtimes.OpenApi;

/// <summary>The limits of servers that are made of OpenAPI documents.</summary>
internal sealed class OpenApiRuntimeOptions
{
    /// <summary>Bytes of an API's description. Default: 16 MiB.</summary>
    [Range(1_024, 64 << 20)]
    public int DocumentBytesMax { get; set; } = 16 << 20;

    /// <summary>Bytes of one in YAML, which takes longer to read. Default: 2 MiB.</summary>
    [Range(1_024, 64 << 20)]
    public int YamlBytesMax { get; set; } = 2 << 20;

    /// <summary>Operations of one server that become tools. Default: 400.</summary>
    [Range(1, 10_000)]
    public int OperationsMax { get; set; } = 400;

    /// <summary>
    /// About how many bytes the schemas of one tool's arguments, or of its answer, may have. Default: 32 KiB.
    /// </summary>
    [Range(1_024, 1 << 20)]
    public int SchemaBytesMax { get; set; } = 32 << 10;

    /// <summary>Bytes of what all tools of one server say of themselves. Default: 2 MiB.</summary>
    [Range(1_024, 32 << 20)]
    public int ToolsBytesMax { get; set; } = 2 << 20;

    /// <summary>Characters of one description or title; what is longer is cut. Default: 2,000.</summary>
    [Range(16, 65_536)]
    public int DescriptionCharsMax { get; set; } = 2_000;

    /// <summary>Tools in one page of their list. Default: 200.</summary>
    [Range(1, 10_000)]
    public int PageItemsMax { get; set; } = 200;

    /// <summary>Calls of one running server that wait for the API at a time; more are refused. Default: 256.</summary>
    [Range(1, 100_000)]
    public int CallsInFlightMax { get; set; } = 256;

    /// <summary>How long the API may take for one call, its answer's body included. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Characters of a request's URL. Default: 8,192.</summary>
    [Range(256, 65_536)]
    public int UrlCharsMax { get; set; } = 8_192;

    /// <summary>Bytes of a request's body. Default: 1 MiB.</summary>
    [Range(1, 64 << 20)]
    public int RequestBytesMax { get; set; } = 1 << 20;

    /// <summary>Bytes of an answer's body. Default: 1 MiB.</summary>
    [Range(1, 64 << 20)]
    public int ResponseBytesMax { get; set; } = 1 << 20;

    /// <summary>Characters of an error's body that a call's result repeats. Default: 2,000.</summary>
    [Range(0, 65_536)]
    public int ErrorCharsMax { get; set; } = 2_000;
}
