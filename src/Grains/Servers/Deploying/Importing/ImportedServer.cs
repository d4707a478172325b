using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>What a document of another form comes to.</summary>
/// <param name="Settings">As <c>smcp.json</c> says it, to be read as that.</param>
/// <param name="Origin">What it was.</param>
internal sealed record ImportedServer(JsonObject Settings, ServerOrigin Origin)
{
    /// <summary>
    /// The package that has its program, to be brought first; the program is its first argument then. Null: it needs
    /// none.
    /// </summary>
    public NpmPackage? Package { get; init; }

    public byte[] ToDocument() => JsonSerializer.SerializeToUtf8Bytes(Settings);

    /// <summary>With the program that the package was found to have.</summary>
    /// <param name="program">Its path in the image.</param>
    public byte[] ToDocument(string program)
    {
        var settings = Settings.DeepClone().AsObject();
        settings["process"]!["args"]!.AsArray().Insert(0, program);
        return JsonSerializer.SerializeToUtf8Bytes(settings);
    }
}
