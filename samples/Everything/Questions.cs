using ModelContextProtocol.Protocol;

namespace Smcp.Samples.Everything;

/// <summary>The questions that the fixture's tools ask.</summary>
internal static class Questions
{
    public static CreateMessageRequestParams Sampling(string prompt, int maxTokens) => new()
    {
        Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }],
        MaxTokens = maxTokens,
    };

    /// <summary>A form of one required field.</summary>
    public static ElicitRequestParams Form(
        string message, string field, ElicitRequestParams.PrimitiveSchemaDefinition schema) => new()
        {
            Message = message,
            RequestedSchema = new ElicitRequestParams.RequestSchema
            {
                Properties = { [field] = schema },
                Required = [field],
            },
        };

    public static InputRequest Elicitation(
        string message, string field, ElicitRequestParams.PrimitiveSchemaDefinition? schema = null) =>
        InputRequest.ForElicitation(Form(message, field, schema ?? new ElicitRequestParams.StringSchema()));
}
