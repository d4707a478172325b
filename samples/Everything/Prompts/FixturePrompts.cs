using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Smcp.Samples.Everything.Prompts;

/// <summary>Prompts of every kind of content, and one that asks before it answers.</summary>
[McpServerPromptType]
public sealed class FixturePrompts
{
    [McpServerPrompt(Name = "test_simple_prompt", Title = "Simple Test Prompt")]
    [Description("A simple prompt without arguments")]
    public static PromptMessage Simple() => Text("This is a simple prompt for testing.");

    [McpServerPrompt(Name = "test_prompt_with_arguments", Title = "Prompt With Arguments")]
    [Description("A prompt with required arguments")]
    public static PromptMessage WithArguments(
        [Description("First test argument")] string arg1, [Description("Second test argument")] string arg2) =>
        Text($"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'");

    [McpServerPrompt(Name = "test_prompt_with_embedded_resource", Title = "Prompt With Embedded Resource")]
    [Description("A prompt that includes an embedded resource")]
    public static IEnumerable<PromptMessage> WithEmbeddedResource(
        [Description("URI of the resource to embed")] string resourceUri) =>
    [
        Message(new EmbeddedResourceBlock
        {
            Resource = new TextResourceContents
            {
                Uri = resourceUri,
                MimeType = "text/plain",
                Text = "Embedded resource content for testing.",
            },
        }),
        Text("Please process the embedded resource above."),
    ];

    [McpServerPrompt(Name = "test_prompt_with_image", Title = "Prompt With Image")]
    [Description("A prompt that includes image content")]
    public static IEnumerable<PromptMessage> WithImage() =>
    [
        Message(ImageContentBlock.FromBytes(SampleMedia.Png(), SampleMedia.PngType)),
        Text("Please analyze the image above."),
    ];

    [McpServerPrompt(Name = "test_input_required_result_prompt")]
    [Description("A prompt that first asks for its context")]
    public static PromptMessage AskingFirst(RequestContext<GetPromptRequestParams> request) =>
        Answers.TryReadText(request.Params, "user_context", "context", out var context)
            ? Text($"Please continue using context: {context}")
            : throw new InputRequiredException(
                new Dictionary<string, InputRequest>
                {
                    ["user_context"] = Questions.Elicitation("What context should the prompt use?", "context"),
                });

    private static PromptMessage Text(string text) => Message(new TextContentBlock { Text = text });

    private static PromptMessage Message(ContentBlock content) => new() { Role = Role.User, Content = content };
}
