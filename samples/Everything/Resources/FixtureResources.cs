using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Smcp.Samples.Everything.Resources;

/// <summary>A text, a file, a template, and a resource to subscribe to.</summary>
[McpServerResourceType]
public sealed class FixtureResources(WatchedResource watched)
{
    [McpServerResource(
        UriTemplate = "test://static-text",
        Name = "static-text", Title = "Static Text Resource", MimeType = "text/plain")]
    [Description("A static text resource for testing")]
    public static string StaticText() => "This is the content of the static text resource.";

    [McpServerResource(
        UriTemplate = "test://static-binary",
        Name = "static-binary", Title = "Static Binary Resource", MimeType = "image/png")]
    [Description("A static binary resource (image) for testing")]
    public static ResourceContents StaticBinary() =>
        BlobResourceContents.FromBytes(SampleMedia.Png(), "test://static-binary", SampleMedia.PngType);

    [McpServerResource(
        UriTemplate = "test://template/{id}/data",
        Name = "template", Title = "Resource Template", MimeType = "application/json")]
    [Description("A resource template with parameter substitution")]
    public static ResourceContents Template(string id) => new TextResourceContents
    {
        Uri = $"test://template/{id}/data",
        MimeType = "application/json",
        Text = JsonSerializer.Serialize(
            new { id, templateTest = true, data = $"Data for ID: {id}" }, JsonSerializerOptions.Web),
    };

    [McpServerResource(
        UriTemplate = WatchedResource.Uri,
        Name = "watched-resource", Title = "Watched Resource", MimeType = "text/plain")]
    [Description("A resource that changes")]
    public string Watched() => watched.Text;
}
