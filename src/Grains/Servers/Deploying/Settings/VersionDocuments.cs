using Microsoft.Extensions.Options;
using Smcp.Hosting;
using Smcp.Mcp;
using Smcp.Runtimes.OpenApi;
using Smcp.Runtimes.OpenApi.Reading;
using Smcp.Runtimes.Remote;
using Smcp.Servers.Deploying.Images;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>Finds the document that says what a version is, in the request or in its files, and reads it.</summary>
internal sealed class VersionDocuments(
    ImageStore images,
    IOptions<DeployOptions> options,
    IOptions<OpenApiRuntimeOptions> apis,
    IOptions<RemoteRuntimeOptions> remote)
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
            if (fault is not null || document.Length > options.Value.DocumentBytesMax)
            {
                return (null, fault ?? Invalid($"The settings have more than {options.Value.DocumentBytesMax} bytes."));
            }

            var (settings, problem) = SettingsReader.Read(
                document, files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal));
            problem ??= settings!.OpenApi is null
                ? null
                : await CheckApiAsync(server, request.Image!, files, settings, cancellationToken);
            return problem is null ? (settings, null) : (null, problem);
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

    /// <summary>Null where tools can be made of the API's description as the settings say; else why not.</summary>
    private async ValueTask<McpFault?> CheckApiAsync(
        ServerKey server,
        ServerImage image,
        IReadOnlyList<ImageFile> files,
        ServerSettings settings,
        CancellationToken cancellationToken)
    {
        var file = files.First(file => file.Path == settings.OpenApi!.Document);
        if (file.Bytes > apis.Value.DocumentBytesMax)
        {
            return Invalid($"{file.Path} has more than {apis.Value.DocumentBytesMax} bytes.");
        }

        var problems = new SettingsProblems();
        var source = new ApiSource(settings.OpenApi!, settings.Egress, remote.Value.RequireTls, apis.Value);
        new ApiPlanReader(source, problems).Read(
            await images.ReadFileAsync(server, image, files, file, cancellationToken));
        return problems.Any ? problems.ToFault() : null;
    }

    private static McpFault Invalid(string message) => new(FaultReason.InvalidParams, message);
}
