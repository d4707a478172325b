using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Smcp.Samples.Everything.Tools;

/// <summary>Every kind of content that a tool can return, and an error.</summary>
[McpServerToolType]
public sealed class ContentTools
{
    [McpServerTool(Name = "test_simple_text"), Description("Returns a text.")]
    public static string SimpleText() => "This is a simple text response for testing.";

    [McpServerTool(Name = "test_image_content"), Description("Returns an image.")]
    public static ContentBlock Image() => ImageContentBlock.FromBytes(SampleMedia.Png(), SampleMedia.PngType);

    [McpServerTool(Name = "test_audio_content"), Description("Returns a sound.")]
    public static ContentBlock Audio() => AudioContentBlock.FromBytes(SampleMedia.Wav(), SampleMedia.WavType);

    [McpServerTool(Name = "test_embedded_resource"), Description("Returns an embedded resource.")]
    public static ContentBlock EmbeddedResource() => new EmbeddedResourceBlock
    {
        Resource = new TextResourceContents
        {
            Uri = "test://embedded-resource",
            MimeType = "text/plain",
            Text = "This is an embedded resource content.",
        },
    };

    [McpServerTool(Name = "test_multiple_content_types"), Description("Returns a text, an image and a resource.")]
    public static IEnumerable<ContentBlock> MultipleContentTypes() =>
    [
        new TextContentBlock { Text = "Multiple content types test:" },
        ImageContentBlock.FromBytes(SampleMedia.Png(), SampleMedia.PngType),
        new EmbeddedResourceBlock
        {
            Resource = new TextResourceContents
            {
                Uri = "test://mixed-content-resource",
                MimeType = "application/json",
                Text = """{"test":"data","value":123}""",
            },
        },
    ];

    [McpServerTool(Name = "test_structured_content", UseStructuredContent = true)]
    [Description("Returns a structured value.")]
    public static Weather StructuredContent() => new("Oslo", 21.5, "sunny");

    [McpServerTool(Name = "test_structured_list", UseStructuredContent = true)]
    [Description("Returns a structured list, which revisions before 2026-07-28 see wrapped in an object.")]
    public static IReadOnlyList<string> StructuredList() => ["one", "two", "three"];

    [McpServerTool(Name = "test_resource_link"), Description("Returns a link to a resource.")]
    public static ContentBlock ResourceLink() => new ResourceLinkBlock
    {
        Uri = "test://static-text",
        Name = "static-text",
        Description = "A static text resource for testing",
        MimeType = "text/plain",
    };

    [McpServerTool(Name = "test_error_handling"), Description("Fails.")]
    public static string ErrorHandling() =>
        throw new InvalidOperationException("This tool intentionally returns an error for testing");

    /// <summary>A structured result.</summary>
    public sealed record Weather(string City, double Celsius, string Sky);
}
