using Microsoft.Extensions.Options;
using Smcp.Hosting;
using Smcp.Mcp;
using Smcp.Servers.Deploying.Images;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>Finds the document that says what a version is, in the request or in its files, and reads it.</summary>
internal sealed class VersionDocuments(ImageStore images, IOptions<DeployOptions> options)
{
    public async ValueTask<(ServerSettings? Settings, McpFault? Fault)> ReadAsync(
        ServerKey server, VersionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var files = request.Image is { } image
                ? await images.ListAsync(server, image, cancellationToken) ?? []
                : [];
            var (document, fault) = request.Image is null || !request.Document.IsEmpty
                ? (request.Document, null)
                : await FindAsync(server, request.Image, files, cancellationToken);
            return fault is not null ? (null, fault)
                : document.Length > options.Value.DocumentBytesMax
                    ? (null, Invalid($"The settings have more than {options.Value.DocumentBytesMax} bytes."))
                : SettingsReader.Read(document, files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal));
        }
        catch (ServerDataUnavailableException)
        {
            return (null, new McpFault(FaultReason.Unavailable, "The bundle cannot be read now."));
        }
    }

    private async ValueTask<(ReadOnlyMemory<byte> Document, McpFault? Fault)> FindAsync(
        ServerKey server, ServerImage image, IReadOnlyList<ImageFile> files, CancellationToken cancellationToken)
    {
        if (files.FirstOrDefault(file => file.Path == SettingsReader.FileName) is not { } file)
        {
            return (default, Invalid($"The bundle has no {SettingsReader.FileName} in its root."));
        }

        return file.Bytes > options.Value.DocumentBytesMax
            ? (default, Invalid($"{file.Path} has more than {options.Value.DocumentBytesMax} bytes."))
            : (await images.ReadFileAsync(server, image, files, file, cancellationToken), null);
    }

    private static McpFault Invalid(string message) => new(FaultReason.InvalidParams, message);
}
