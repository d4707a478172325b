using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>How the operations of an HTTP API become tools (<see cref="RuntimeKind.OpenApi"/>).</summary>
[Wire("openapi-settings", 1)]
public sealed record OpenApiSettings
{
    /// <summary>The path of the API's description in the image: OpenAPI 3.0 or 3.1.</summary>
    public required string Document { get; init; }

    /// <summary>Where the API is, whatever the description says: an absolute http or https URL.</summary>
    public string? Url { get; init; }

    /// <summary>Values for the variables in the address that the description says, by name.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Which operations become tools; an empty list of it names all.</summary>
    public OpenApiFilter Include { get; init; } = new();

    /// <summary>Which of those do not; an empty list of it names none.</summary>
    public OpenApiFilter Exclude { get; init; } = new();

    /// <summary>What is called or said otherwise than in the description.</summary>
    public IReadOnlyList<OpenApiTool> Tools { get; init; } = [];

    public IReadOnlyList<OpenApiCredential> Credentials { get; init; } = [];

    /// <summary>
    /// Headers that each request carries: by name, the name of the tenant's secret that is its value.
    /// </summary>
    public IReadOnlyDictionary<string, string> SecretHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether operations that no tool can stand for are left out; otherwise the description is refused for them.
    /// </summary>
    public bool SkipsUnsupported { get; init; }

    /// <summary>Whether tools say nothing of the form of their answers, since the API does not keep to it.</summary>
    public bool HidesOutput { get; init; }

    /// <summary>What it tells its clients' models about itself, instead of what the description says.</summary>
    public string? Instructions { get; init; }
}
