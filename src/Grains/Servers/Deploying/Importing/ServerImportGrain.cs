using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Servers.Deploying.Importing.Npm;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// Brings the packages of a server, one at a time and beside its own turns. What it is bringing is lost with it: then
/// nothing was made, and who asked asks again.
/// </summary>
internal class ServerImportGrain(
    IActivationContext activation,
    Authorizer authorizer,
    VersionDocuments documents,
    NpmBuilds builds,
    IOptions<NpmOptions> options) : IServerImportGrain
{
    /// <summary>Well below the time that a call of a grain may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly McpFault Other = new(
        FaultReason.Conflict, "Something else is being brought for this server: wait until that is over.");

    private static readonly McpFault Lost = new(
        FaultReason.Unavailable, "What was being brought was lost on the way: send it again.");

    private readonly ServerKey _key = ServerKey.Parse(activation.Key);
    private RunningImport? _running;

    public async ValueTask<ImportOutcome> BeginAsync(
        CallContext context, VersionRequest request, CancellationToken cancellationToken)
    {
        if (authorizer.Administer(context, _key.Tenant, writes: true, AdminAreas.Servers) is { } fault)
        {
            return ImportOutcome.Refused(fault);
        }

        var reading = await documents.ReadAsync(_key, request, cancellationToken);
        if (reading.Needed is not { Package: { } package } needed)
        {
            return reading.Fault is null
                ? new ImportOutcome { Request = request }
                : ImportOutcome.Refused(reading.Fault);
        }

        if (_running is { Outcome.IsCompleted: false } running)
        {
            return running.IsOf(needed, request.IsNew)
                ? new ImportOutcome { Ticket = running.Ticket }
                : ImportOutcome.Refused(Other);
        }

        // Its jail and its files must not wait for this grain, nor this grain for them.
        _running = new RunningImport(needed, request.IsNew, Task.Run(() => BringAsync(needed, package, request.IsNew)));
        activation.DelayDeactivation(options.Value.Deadline + Patience);
        return new ImportOutcome { Ticket = _running.Ticket };
    }

    public async ValueTask<ImportOutcome> WaitAsync(
        CallContext context, string ticket, CancellationToken cancellationToken)
    {
        if (authorizer.Administer(context, _key.Tenant, writes: true, AdminAreas.Servers) is { } fault)
        {
            return ImportOutcome.Refused(fault);
        }

        if (_running is not { } running || running.Ticket != ticket)
        {
            return ImportOutcome.Refused(Lost);
        }

        try
        {
            return await running.Outcome.WaitAsync(Patience, activation.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new ImportOutcome { Ticket = ticket };
        }
    }

    private async Task<ImportOutcome> BringAsync(ImportedServer needed, NpmPackage package, bool isNew)
    {
        var build = await builds.RunAsync(_key, package);
        return build is { Image: { } image, Program: { } program }
            ? new ImportOutcome
            {
                Request = new VersionRequest
                {
                    Document = needed.ToDocument(program.Path),
                    Image = image,
                    IsNew = isNew,
                    Origin = needed.Origin with
                    {
                        Name = needed.Origin.Name ?? package.Name,
                        Version = needed.Origin.Version ?? program.Version,
                        Lock = build.Lock,
                    },
                },
            }
            : ImportOutcome.Refused(build.Fault!);
    }
}
