using Microsoft.Extensions.Options;
using Smcp.Hosting;
using Smcp.Mcp;
using Smcp.Runtimes.OpenApi;
using Smcp.Runtimes.OpenApi.Reading;
using Smcp.Runtimes.Remote;
using Smcp.Servers.Deploying.Images;
using Smcp.Servers.Deploying.Importing;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>
/// Finds the document that says what a version is, in the request or in its files, and reads it: ours, or one of
/// another form.
/// </summary>
internal sealed class VersionDocuments(
    ImageStore images,
    IOptions<DeployOptions> options,
    IOptions<OpenApiRuntimeOptions> apis,
    IOptions<RemoteRuntimeOptions> remote)
{
    private const string OtherWrangler = "wrangler.toml";

    private static readonly string[] ForeignFiles = [.. WranglerProject.FileNames, BundleManifest.FileName];

    /// <summary>What it comes to.</summary>
    public async ValueTask<VersionReading> ReadAsync(
        ServerKey server, VersionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var files = request.Image is { } image
                ? await images.ListAsync(server, image, cancellationToken) ?? []
                : [];
            var found = await FindAsync(server, request, files, cancellationToken);
            return found.Fault is { } fault ? VersionReading.Refused(fault)
                : found.Imported is { Package: not null } needed ? new VersionReading { Needed = needed }
                : await CheckedAsync(server, request, files, Read(found, request, files), cancellationToken);
        }
        catch (ServerDataUnavailableException)
        {
            return VersionReading.Refused(new McpFault(FaultReason.Unavailable, "The bundle cannot be read now."));
        }
    }

    private static VersionReading Read(FoundDocument found, VersionRequest request, IReadOnlyList<ImageFile> files)
    {
        var (settings, fault) = SettingsReader.Read(
            found.Imported?.ToDocument() ?? found.Document,
            files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal));
        return new VersionReading
        {
            Settings = settings,
            Origin = found.Imported?.Origin ?? request.Origin,
            Fault = fault,
        };
    }

    private async ValueTask<VersionReading> CheckedAsync(
        ServerKey server,
        VersionRequest request,
        IReadOnlyList<ImageFile> files,
        VersionReading reading,
        CancellationToken cancellationToken) =>
        reading.Settings is { OpenApi: not null } settings
        && await CheckApiAsync(server, request.Image!, files, settings, cancellationToken) is { } fault
            ? VersionReading.Refused(fault)
            : reading;

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
            return FoundDocument.Refused($"{file.Path} has more than {apis.Value.DocumentBytesMax} bytes.").Fault;
        }

        var problems = new SettingsProblems();
        var source = new ApiSource(settings.OpenApi!, settings.Egress, remote.Value.RequireTls, apis.Value);
        new ApiPlanReader(source, problems).Read(
            await images.ReadFileAsync(server, image, files, file, cancellationToken), cancellationToken);
        return problems.Any ? problems.ToFault() : null;
    }

    private async ValueTask<FoundDocument> FindAsync(
        ServerKey server, VersionRequest request, IReadOnlyList<ImageFile> files, CancellationToken cancellationToken)
    {
        if (request.Image is not { } image || !request.Document.IsEmpty)
        {
            return Of(request.Document, files);
        }

        var own = files.FirstOrDefault(file => file.Path == SettingsReader.FileName);
        var foreign = ForeignFiles.Select(name => files.FirstOrDefault(file => file.Path == name))
            .FirstOrDefault(file => file is not null);
        if (new[] { own, foreign }.FirstOrDefault(file => file?.Bytes > options.Value.DocumentBytesMax) is { } large)
        {
            return FoundDocument.Refused($"{large.Path} has more than {options.Value.DocumentBytesMax} bytes.");
        }

        ReadOnlyMemory<byte> document = own is null
            ? default
            : await images.ReadFileAsync(server, image, files, own, cancellationToken);
        if (own is not null && (foreign is null || !ImportForms.IsBesideOther(document)))
        {
            return Of(document, files);
        }

        if (foreign is null)
        {
            return FoundDocument.Refused(files.Any(file => file.Path == OtherWrangler)
                ? $"{OtherWrangler} is not read: write it as {WranglerProject.FileNames[0]}."
                : $"The bundle has no {SettingsReader.FileName} in its root, nor {string.Join(", ", ForeignFiles)}.");
        }

        var content = await images.ReadFileAsync(server, image, files, foreign, cancellationToken);
        return new FoundDocument(document, ImportForms.ReadFile(foreign.Path, content, document, files));
    }

    private FoundDocument Of(ReadOnlyMemory<byte> document, IReadOnlyList<ImageFile> files) =>
        document.Length > options.Value.DocumentBytesMax
            ? FoundDocument.Refused($"The settings have more than {options.Value.DocumentBytesMax} bytes.")
            : new FoundDocument(document, ImportForms.Read(document, files));
}
