using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Smcp.Samples.Everything.Tools;

/// <summary>Tools that ask their client: sampling, roots, and forms of every field type.</summary>
[McpServerToolType]
public sealed class ClientTools
{
    [McpServerTool(Name = "test_sampling"), Description("Asks the client's model.")]
    public static async Task<string> SampleAsync(
        McpServer server, [Description("What to ask.")] string prompt, CancellationToken cancellationToken)
    {
        var sampled = await server.SampleAsync(Questions.Sampling(prompt, 100), cancellationToken);
        var text = sampled.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text ?? "No response";
        return $"LLM response: {text}";
    }

    [McpServerTool(Name = "test_list_roots"), Description("Asks the client for its roots.")]
    public static async Task<string> ListRootsAsync(McpServer server, CancellationToken cancellationToken)
    {
        var listed = await server.RequestRootsAsync(new ListRootsRequestParams(), cancellationToken);
        return $"Roots: {string.Join(", ", listed.Roots.Select(root => root.Uri))}";
    }

    [McpServerTool(Name = "test_elicitation"), Description("Asks the user for a text.")]
    public static async Task<string> ElicitAsync(
        McpServer server, [Description("What to show the user.")] string message, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(
            Questions.Form(
                message, "response", new ElicitRequestParams.StringSchema { Description = "User's response" }),
            cancellationToken);
        return $"User response: action={answer.Action}, content={Json(answer)}";
    }

    [McpServerTool(Name = "test_elicitation_sep1034_defaults")]
    [Description("Asks with a default for every type of field.")]
    public static async Task<string> ElicitDefaultsAsync(McpServer server, CancellationToken cancellationToken)
    {
        const string message = "Please review and update the form fields with defaults";
        return await CompleteAsync(server, message, Forms.WithDefaults(), cancellationToken);
    }

    [McpServerTool(Name = "test_elicitation_sep1330_enums"), Description("Asks with every kind of choice.")]
    public static async Task<string> ElicitEnumsAsync(McpServer server, CancellationToken cancellationToken)
    {
        const string message = "Please select options from the enum fields";
        return await CompleteAsync(server, message, Forms.WithChoices(), cancellationToken);
    }

    [McpServerTool(Name = "test_elicitation_url"), Description("Sends the user to a page.")]
    public static async Task<string> ElicitUrlAsync(McpServer server, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(
            new ElicitRequestParams
            {
                Mode = "url",
                Message = "Please visit the page",
                Url = "https://example.com/consent",
                ElicitationId = Guid.NewGuid().ToString("N"),
            },
            cancellationToken);
        return $"Elicitation completed: action={answer.Action}";
    }

    private static async Task<string> CompleteAsync(
        McpServer server, string message, ElicitRequestParams.RequestSchema form, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(
            new ElicitRequestParams { Message = message, RequestedSchema = form }, cancellationToken);
        return $"Elicitation completed: action={answer.Action}, content={Json(answer)}";
    }

    private static string Json(ElicitResult answer) =>
        answer.Content is null ? "{}" : JsonSerializer.Serialize(answer.Content, JsonSerializerOptions.Web);
}
