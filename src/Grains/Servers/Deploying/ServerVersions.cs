using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Smcp.Engine;
using Smcp.Hosting;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers.Deploying.Images;
using Smcp.Servers.Deploying.Settings;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>
/// A server's versions: made of what was sent, brought into use, taken out of it. Who may ask, its grain has decided.
/// </summary>
internal sealed class ServerVersions(
    IActivationContext activation,
    ServerKey key,
    ImageStore images,
    VersionDocuments documents,
    DeployOptions options,
    Func<VersionTable> read,
    Func<VersionTable, CancellationToken, ValueTask> writeAsync)
{
    /// <summary>What an upload that is under way may take before its image is nobody's.</summary>
    private static readonly TimeSpan UploadPatience = TimeSpan.FromHours(1);

    private static readonly McpFault Unknown = new(FaultReason.NotFound, "There is no such version.");

    /// <summary>What a session of a version that serves nobody any more is told.</summary>
    public static McpFault Over { get; } =
        new(FaultReason.SessionNotFound, "The version of the server that the session began on ended.");

    private static readonly McpFault NotBrought = new(
        FaultReason.Unavailable, "The packages of the npm registry that it needs cannot be brought here.");

    private VersionTable Table => read();

    private DateTimeOffset Now => activation.Time.GetUtcNow();

    /// <summary>The version that serves, or would be the next to: what an administrator sees of the server.</summary>
    public VersionRow? Shown => Table.Find(Table.Active) ?? (Table.Rows is [.., var last] ? last : null);

    /// <summary>The definition that callers get; null where no version is active.</summary>
    public ServerDefinition? Serving(ServerAccess? access) =>
        Table.Find(Table.Active) is { } row ? DefinitionOf(row, access) with { Canary = CanaryOf() } : null;

    public ServerDefinition DefinitionOf(VersionRow row, ServerAccess? access) => new()
    {
        Id = key.Server,
        Runtime = row.Version.Settings.Runtime,
        Scope = row.Version.Settings.Scope,
        PoolMembers = row.Version.Settings.PoolMembers,
        Source = row.Version.Hash,
        Version = row.Version.Number.ToString(CultureInfo.InvariantCulture),
        Access = access ?? ServerAccess.Tenant,
        Description = row.Version.Settings.Description,
        Deployed = row.Version,
        Manifest = row.Approved,
    };

    /// <summary>The definition of one version, for the instance that runs it.</summary>
    public ServerLookup Describe(long number, bool isForManifest, ServerAccess? access)
    {
        if (Table.Find(number) is not { } row)
        {
            return new ServerLookup { Fault = Over };
        }

        var serves = Table.StandingOf(row, Now)
            is VersionStanding.Active or VersionStanding.Canary or VersionStanding.Draining;
        return serves || (isForManifest && !row.IsRevoked)
            ? new ServerLookup { Definition = DefinitionOf(row, access) }
            : new ServerLookup { Fault = Over };
    }

    public VersionPage List(long? after, int countMax)
    {
        var count = Math.Clamp(countMax, 1, KeyPage.ItemsMax);
        var found = Table.Rows.Reverse().Where(row => after is null || row.Version.Number < after)
            .Take(count + 1).ToList();
        var now = Now;
        return new VersionPage
        {
            Versions = [.. found.Take(count).Select(row => Table.InfoOf(row, now))],
            Next = found.Count > count
                ? found[count - 1].Version.Number.ToString(CultureInfo.InvariantCulture)
                : null,
        };
    }

    public VersionDescription Read(long number) =>
        Table.Find(number) is { } row ? Describe(row) : VersionDescription.Refused(Unknown);

    public async ValueTask<VersionDescription> AddAsync(
        PrincipalId by, VersionRequest request, CancellationToken cancellationToken)
    {
        var reading = await ReadSettingsAsync(request, cancellationToken);
        if (reading.Settings is not { } settings)
        {
            return VersionDescription.Refused(reading.Fault ?? NotBrought);
        }

        var hash = HashOf(settings, request.Image);
        var same = Table.Rows.LastOrDefault(row => row.Version.Hash == hash && !row.IsRevoked);
        if (same is not null && !request.IsNew)
        {
            return Describe(same);
        }

        if (Table.Rows.Count >= options.VersionsMax)
        {
            return VersionDescription.Refused(
                FaultReason.LimitExceeded,
                $"A server has at most {options.VersionsMax} versions: remove one that is not in use.");
        }

        var made = new VersionRow
        {
            Version = new ServerVersion
            {
                Number = Table.Last + 1,
                Hash = hash,
                Image = request.Image,
                Settings = settings,
                Origin = reading.Origin,
            },
            DeployedAt = Now,
            DeployedBy = by,
        };
        await writeAsync(Table.Add(made), cancellationToken);
        await SweepAsync(null, cancellationToken);
        return Describe(made) with { IsMade = true };
    }

    public async ValueTask<VersionDescription> ActivateAsync(
        long number, VersionActivation activation, long? expected, CancellationToken cancellationToken)
    {
        if (Table.Find(number) is not { } row)
        {
            return VersionDescription.Refused(Unknown);
        }

        if (Refuse(row, activation, expected) is { } fault)
        {
            return VersionDescription.Refused(fault);
        }

        var drain = activation.DrainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : options.DrainDeadline;
        var until = Now + drain;
        var table = activation.Percent is { } percent
            ? Table.Share(number, percent, until)
            : Table.Activate(number, until);
        await writeAsync(table, cancellationToken);
        return Read(number);
    }

    public async ValueTask<VersionDescription> RevokeAsync(long number, CancellationToken cancellationToken)
    {
        if (Table.Find(number) is not { } row)
        {
            return VersionDescription.Refused(Unknown);
        }

        if (!row.IsRevoked)
        {
            await writeAsync(Table.Revoke(number), cancellationToken);
        }

        return Read(number);
    }

    public async ValueTask<McpFault?> RemoveAsync(long number, CancellationToken cancellationToken)
    {
        if (Table.Find(number) is not { } row)
        {
            return Unknown;
        }

        if (Table.StandingOf(row, Now) is not (VersionStanding.Idle or VersionStanding.Revoked))
        {
            return new McpFault(FaultReason.Conflict, "The version is in use.");
        }

        await writeAsync(Table.Remove(number), cancellationToken);
        await SweepAsync(row.Version.Image?.Hash, cancellationToken);
        await SweepAsync(ManifestName.Of(number), cancellationToken);
        return null;
    }

    /// <summary>The server ends: nothing of its versions stays.</summary>
    public ValueTask RemoveAllAsync(CancellationToken cancellationToken) =>
        images.RemoveAsync(key, static (_, _) => false, cancellationToken);

    /// <summary>
    /// Removes files that no version has: those of a request that was refused, and what was left by one that a crash
    /// cut short. What cannot be removed now is at the next change.
    /// </summary>
    public async ValueTask SweepAsync(string? refused, CancellationToken cancellationToken)
    {
        var kept = Table.Rows.Select(row => row.Version.Image?.Hash)
            .Concat(Table.Rows.Select(row => ManifestName.Of(row.Version.Number)))
            .ToHashSet();
        var since = Now - UploadPatience;
        try
        {
            await images.RemoveAsync(
                key, (name, at) => kept.Contains(name) || (name != refused && at > since), cancellationToken);
        }
        catch (ServerDataUnavailableException)
        {
            // Nothing depends on it.
        }
    }

    private ServerCanary? CanaryOf() => Table.Find(Table.Canary) is { Version: { } version }
        ? new ServerCanary
        {
            Number = version.Number,
            Percent = Table.CanaryPercent,
            Scope = version.Settings.Scope,
            PoolMembers = version.Settings.PoolMembers,
        }
        : null;

    private VersionDescription Describe(VersionRow row) =>
        new() { Version = Table.InfoOf(row, Now), Revision = Table.Revision };

    private McpFault? Refuse(VersionRow row, VersionActivation activation, long? expected) =>
        activation.Percent is < 0 or > 99
            ? new McpFault(FaultReason.InvalidParams, "/percent: a canary's share is 0 to 99 percent.")
        : activation.DrainSeconds is < 0 or > 30 * 24 * 3600
            ? new McpFault(FaultReason.InvalidParams, "/drainSeconds: sessions drain in at most 30 days.")
        : expected is { } revision && revision != Table.Revision
            ? new McpFault(FaultReason.Conflict, "What is in use is not what the request expects.")
        : row.IsRevoked ? new McpFault(FaultReason.Conflict, "The version was revoked; deploy it again as a new one.")
        : row.Version.Settings.Manifest == ManifestMode.Pinned && row.Approved is null
            ? new McpFault(FaultReason.Conflict, "What the version offers is not approved yet.")
        : activation.Percent is not null && Table.Active is 0
            ? new McpFault(FaultReason.Conflict, "A canary serves beside an active version, and there is none.")
        : activation.Percent is not null && Table.Active == row.Version.Number
            ? new McpFault(FaultReason.Conflict, "The version is the active one.")
        : activation.Percent is 0 && Table.Canary != row.Version.Number
            ? new McpFault(FaultReason.Conflict, "The version is no canary.")
        : null;

    private async ValueTask<VersionReading> ReadSettingsAsync(
        VersionRequest request, CancellationToken cancellationToken) =>
        request.Image is { } image && !await images.HasAsync(key, image, cancellationToken)
            ? VersionReading.Refused(
                new McpFault(FaultReason.Conflict, "The bundle is not there any more: send it again."))
            : await documents.ReadAsync(key, request, cancellationToken);

    private static string HashOf(ServerSettings settings, ServerImage? image)
    {
        var text = JsonSerializer.Serialize(settings, WireJson.Options);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{text}\n{image?.Hash}")));
    }
}
