using System.Text;
using System.Text.Json.Nodes;
using Smcp.Runtimes.OpenApi.Reading;
using Smcp.Servers;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Runtimes.OpenApi;

/// <summary>Descriptions of APIs, read as a deployment reads them.</summary>
internal static class ApiDescriptions
{
    /// <summary>A description with these paths and components.</summary>
    public static string Of(string paths, string components = "{}", string version = "3.1.0", string more = "") => """
        {
          "openapi": "VERSION",
          "info": {"title": "Pets", "version": "1", "description": "About pets."},
          "servers": [{"url": "https://{region}.example.org/v1", "variables": {
            "region": {"default": "eu", "enum": ["eu", "us"]}}}],
          MORE
          "paths": PATHS,
          "components": COMPONENTS
        }
        """
        .Replace("VERSION", version, StringComparison.Ordinal)
        .Replace("MORE", more, StringComparison.Ordinal)
        .Replace("PATHS", paths, StringComparison.Ordinal)
        .Replace("COMPONENTS", components, StringComparison.Ordinal);

    public static OpenApiSettings Settings => new() { Document = "openapi.json" };

    public static (ApiPlan? Plan, string Problem) Read(
        string description, OpenApiSettings? settings = null, OpenApiRuntimeOptions? options = null)
    {
        var problems = new SettingsProblems();
        var source = new ApiSource(
            settings ?? Settings, ["*.example.org:443"], RequireTls: true, options ?? new OpenApiRuntimeOptions());
        var plan = new ApiPlanReader(source, problems).Read(
            Encoding.UTF8.GetBytes(description), CancellationToken.None);
        return (plan, problems.Any ? problems.ToFault().Message : string.Empty);
    }

    /// <summary>The tools of a description that nothing is wrong with.</summary>
    public static IReadOnlyList<ApiTool> Tools(string description, OpenApiSettings? settings = null)
    {
        var (plan, problem) = Read(description, settings);
        Assert.Equal(string.Empty, problem);
        return plan!.Tools;
    }

    /// <summary>The one tool of a description, and what it says of itself.</summary>
    public static (ApiTool Tool, JsonNode Definition) Tool(string description, OpenApiSettings? settings = null)
    {
        var tool = Assert.Single(Tools(description, settings));
        return (tool, JsonNode.Parse(tool.Definition.Span)!);
    }
}
