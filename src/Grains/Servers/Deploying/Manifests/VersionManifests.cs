using Smcp.Engine;
using Smcp.Hosting;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Audit;
using Smcp.Servers.Deploying.Images;

namespace Smcp.Servers.Deploying.Manifests;

/// <summary>What a server's versions offer: found out, shown, approved, and watched for drift.</summary>
internal sealed class VersionManifests(
    IActivationContext activation,
    ServerKey key,
    ImageStore images,
    IEngineFailures failures,
    IAuditTrail trail,
    Func<VersionTable> read,
    Func<VersionTable, CancellationToken, ValueTask> writeAsync)
{
    private const int ReasonNamesMax = 10;

    private static readonly McpFault Unknown = new(FaultReason.NotFound, "There is no such version.");
    private static readonly McpFault NotStored = new(FaultReason.Unavailable, "It cannot be stored or read now.");

    private VersionTable Table => read();

    /// <summary>Null, or why not.</summary>
    public async ValueTask<McpFault?> CaptureAsync(
        CallContext context, long number, CancellationToken cancellationToken)
    {
        if (Table.Find(number) is not { } row)
        {
            return Unknown;
        }

        if (row.IsRevoked || row.Approved is not null)
        {
            return new McpFault(
                FaultReason.Conflict, "It was approved already, or revoked: deploy it again as a new version.");
        }

        var outcome = await AskAsync(context with { Tenant = key.Tenant }, number, cancellationToken);
        if (Manifest.Parse(outcome.Manifest) is not { } manifest)
        {
            var problem = outcome.Fault?.Message ?? "What it offers cannot be read.";
            await writeAsync(Table.Alter(number, found => found with { Problem = problem }), cancellationToken);
            return null;
        }

        try
        {
            await images.PutManifestAsync(key, number, manifest.Bytes, cancellationToken);
        }
        catch (ServerDataUnavailableException)
        {
            return NotStored;
        }
        catch (ServerDataQuotaException)
        {
            return new McpFault(FaultReason.LimitExceeded, "The tenant's storage quota has no room for the manifest.");
        }

        var captured = Table.Alter(number, found => found with { Manifest = manifest.Hash, Problem = null });
        await writeAsync(captured, cancellationToken);
        return null;
    }

    public async ValueTask<ManifestDescription> ReadAsync(long number, CancellationToken cancellationToken)
    {
        if (Table.Find(number) is not { } row)
        {
            return ManifestDescription.Refused(Unknown);
        }

        try
        {
            if (row.Manifest is null || await FindAsync(number, cancellationToken) is not { } manifest)
            {
                return ManifestDescription.Refused(
                    new McpFault(FaultReason.NotFound, row.Problem ?? "What the version offers is not known."));
            }

            var before = Table.Active == number || Table.Active == 0
                ? null
                : await FindAsync(Table.Active, cancellationToken);
            return new ManifestDescription
            {
                Hash = row.Manifest,
                Approved = row.Approved,
                Manifest = manifest.Bytes,
                ComparedWith = before is null ? null : Table.Active,
                Changes = before?.ChangesTo(manifest) ?? new ManifestChanges(),
            };
        }
        catch (ServerDataUnavailableException)
        {
            return ManifestDescription.Refused(NotStored);
        }
    }

    /// <summary>Null, or why not.</summary>
    public async ValueTask<McpFault?> ApproveAsync(long number, string hash, CancellationToken cancellationToken)
    {
        if (Table.Find(number) is not { } row)
        {
            return Unknown;
        }

        if (row.Manifest is null || row.Manifest != hash)
        {
            return new McpFault(FaultReason.Conflict, "What the version offers has another hash: read it again.");
        }

        if (row.Approved != hash)
        {
            await writeAsync(Table.Alter(number, found => found with { Approved = hash }), cancellationToken);
        }

        return null;
    }

    public async ValueTask ReportAsync(
        CallContext context, long number, ManifestChanges changes, CancellationToken cancellationToken)
    {
        if (Table.Find(number) is not { } row || (row.Drift is { } known && Text(known) == Text(changes)))
        {
            return;
        }

        await writeAsync(Table.Alter(number, found => found with { Drift = changes }), cancellationToken);
        var target = $"tenants/{key.Tenant}/servers/{key.Server}/versions/{number}";
        var drifted = AuditEvent.Of(context, AuditActions.ServerDrifted, AuditOutcome.Denied, target) with
        {
            Reason = Text(changes),
        };
        await trail.RecordNowAsync(drifted, cancellationToken);
    }

    private async ValueTask<Manifest?> FindAsync(long number, CancellationToken cancellationToken) =>
        await images.ReadManifestAsync(key, number, cancellationToken) is { } bytes ? Manifest.Parse(bytes) : null;

    private async ValueTask<ManifestOutcome> AskAsync(
        CallContext context, long number, CancellationToken cancellationToken)
    {
        try
        {
            return await activation.Grains.Locate<IInstanceGrain>(InstanceKey.ForManifest(key, number).ToString())
                .ReadManifestAsync(context, cancellationToken);
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
        {
            return new ManifestOutcome
            {
                Fault = new McpFault(FaultReason.Unavailable, "The server could not be asked in time."),
            };
        }
    }

    private static string Text(ManifestChanges changes)
    {
        string[] all =
        [
            .. changes.Added.Select(name => $"+{name}"),
            .. changes.Removed.Select(name => $"-{name}"),
            .. changes.Changed.Select(name => $"~{name}"),
        ];
        var more = all.Length > ReasonNamesMax ? $" and {all.Length - ReasonNamesMax} more" : string.Empty;
        return string.Join(' ', all.Take(ReasonNamesMax)) + more;
    }
}
