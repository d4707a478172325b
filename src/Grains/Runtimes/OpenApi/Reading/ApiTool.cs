namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>A tool, and the requests that its calls are.</summary>
internal sealed record ApiTool
{
    public required string Name { get; init; }

    /// <summary>What clients are told of it: a Tool in JSON.</summary>
    public required ReadOnlyMemory<byte> Definition { get; init; }

    public required ApiOperation Operation { get; init; }

    /// <summary>What its path begins with.</summary>
    public required Uri Base { get; init; }

    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    public ApiBody? Body { get; init; }

    public IReadOnlyList<ApiScheme> Schemes { get; init; } = [];

    /// <summary>What it takes for an answer.</summary>
    public required string Accept { get; init; }

    /// <summary>Whether its definition says that an answer is an object.</summary>
    public bool HasOutput { get; init; }
}
