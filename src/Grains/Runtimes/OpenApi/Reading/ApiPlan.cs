namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>A server as its description and its settings make it.</summary>
/// <param name="Title">What the API is called.</param>
/// <param name="Instructions">What models are told of it.</param>
/// <param name="Tools">In the order of the description.</param>
internal sealed record ApiPlan(string? Title, string? Instructions, IReadOnlyList<ApiTool> Tools);
