using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Network.Egress;
using Smcp.Runtimes.OpenApi.Calling;
using Smcp.Runtimes.OpenApi.Reading;
using Smcp.Runtimes.Remote;
using Smcp.Servers;
using Smcp.Servers.Deploying.Images;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Runtimes.OpenApi;

/// <summary>
/// Starts nothing: an API elsewhere runs already. It is reached as servers elsewhere are, by the same rules.
/// </summary>
internal sealed class OpenApiRuntimeFactory(
    ServerHttp egress,
    ImageStore images,
    IOptions<OpenApiRuntimeOptions> options,
    IOptions<RemoteRuntimeOptions> remote,
    TimeProvider time,
    ILoggerFactory loggerFactory) : IServerRuntimeFactory
{
    private readonly ILogger _logger = loggerFactory.CreateLogger<OpenApiRuntime>();

    /// <inheritdoc/>
    public RuntimeKind Kind => RuntimeKind.OpenApi;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The description is none that may be used.</exception>
    public async ValueTask<IServerRuntime> StartAsync(
        RuntimeStart start, IRuntimeEvents events, CancellationToken cancellationToken)
    {
        if (start.Definition.Deployed is not { Settings: { OpenApi: { } settings } all, Image: { } image })
        {
            throw new InvalidOperationException("The server has no description of an API.");
        }

        var server = new ServerKey(start.Instance.Tenant, start.Instance.Server);
        var files = await images.ListAsync(server, image, cancellationToken) ?? [];
        var file = files.FirstOrDefault(file => file.Path == settings.Document)
            ?? throw new InvalidOperationException("The description of the API is not there any more.");
        var document = await images.ReadFileAsync(server, image, files, file, cancellationToken);
        var problems = new SettingsProblems();
        var source = new ApiSource(settings, all.Egress, remote.Value.RequireTls, options.Value);
        if (new ApiPlanReader(source, problems).Read(document, cancellationToken) is not { } plan || problems.Any)
        {
            throw new InvalidOperationException(problems.ToFault().Message);
        }

        var name = $"{start.Instance.Tenant}/{start.Instance.Server}";
        var way = egress.CreateHandler(server.Tenant, server.Server);
        var http = new HttpMessageInvoker(new ResilientHandler(way, name, remote.Value, time, _logger));
        var terms = new ApiTerms(name, http, options.Value, time, _logger);
        var credentials = new ApiCredentials(plan, settings.SecretHeaders, start.Data.Secrets, terms);
        return new OpenApiRuntime(start.Definition, plan, terms, credentials);
    }
}
