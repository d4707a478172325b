using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Audit;
using Smcp.Servers;
using Smcp.Servers.Deploying;

namespace Smcp.Admin;

/// <summary>The versions of a tenant's own servers: deployed, brought into use, taken out of it.</summary>
internal sealed class VersionsApi(IServerBundles bundles) : IAdminResource
{
    private const string All = "/tenants/{tenant}/servers/{server}/versions";
    private const string One = All + "/{version}";
    private const string Manifest = One + "/manifest";
    private const string NewQuery = "new";

    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", All, "listServerVersions", "The versions of a server, the newest first.", ListAsync)
        {
            Answer = typeof(Paged<VersionInfo>),
            IsPaged = true,
        },
        new("POST", All, "deployServerVersion",
            "Makes a version of a server, and finds out what it offers: of its settings (smcp.json); of a package of "
            + "the npm registry, a registry's server.json, or an entry of mcpServers; or of a zip archive with "
            + "smcp.json, an MCPB bundle's manifest.json, or wrangler.jsonc and what was built. The same again is the "
            + "same version, but with new=true. It serves nobody yet.",
            DeployAsync)
        {
            Body = typeof(JsonElement),
            TakesArchive = true,
            Answer = typeof(VersionInfo),
            Status = StatusCodes.Status201Created,
            Action = AuditActions.ServerDeployed,
            Right = AdminRight.ToChange(AdminAreas.Servers),
            Query = [NewQuery],
        },
        new("GET", One, "readServerVersion", "A version of a server.", exchange => OnVersionAsync(
            exchange,
            (server, version) => server.ReadVersionAsync(exchange.Context, version, exchange.Cancellation)))
        {
            Answer = typeof(VersionInfo),
        },
        new("POST", One + "/activate", "activateServerVersion",
            "Brings a version into use, whole or for a share of the principals; of an older one it is the way back.",
            exchange => OnVersionAsync(exchange, (server, version) => server.ActivateAsync(
                exchange.Context,
                version,
                exchange.BodyOf<VersionActivation>(),
                exchange.Expected,
                exchange.Cancellation)))
        {
            Body = typeof(VersionActivation),
            Answer = typeof(VersionInfo),
            Action = AuditActions.ServerActivated,
            Right = AdminRight.ToChange(AdminAreas.Servers),
        },
        new("POST", One + "/revoke", "revokeServerVersion",
            "Ends a version for good, with the sessions that are on it.", exchange => OnVersionAsync(
                exchange,
                (server, version) => server.RevokeAsync(exchange.Context, version, exchange.Cancellation)))
        {
            Answer = typeof(VersionInfo),
            Action = AuditActions.ServerRevoked,
            Right = AdminRight.ToChange(AdminAreas.Servers),
            IsUrgent = true,
        },
        new("GET", Manifest, "readServerManifest",
            "What a version offers, and what of it is otherwise than what serves now.", ReadManifestAsync)
        {
            Answer = typeof(ManifestItem),
        },
        new("POST", Manifest, "captureServerManifest",
            "Starts a version again to find out what it offers, where that failed or may have changed.",
            exchange => OnVersionAsync(exchange, (server, version) =>
                server.CaptureManifestAsync(exchange.Context, version, exchange.Cancellation)))
        {
            Answer = typeof(VersionInfo),
            Action = AuditActions.ServerChanged,
            Right = AdminRight.ToChange(AdminAreas.Servers),
        },
        new("POST", Manifest + "/approve", "approveServerManifest",
            "Approves what a version offers, by the hash of what was read.",
            exchange => OnVersionAsync(exchange, (server, version) => server.ApproveManifestAsync(
                exchange.Context, version, exchange.BodyOf<ManifestApproval>().Hash, exchange.Cancellation)))
        {
            Body = typeof(ManifestApproval),
            Answer = typeof(VersionInfo),
            Action = AuditActions.ServerApproved,
            Right = AdminRight.ToChange(AdminAreas.Servers),
        },
        new("DELETE", One, "removeServerVersion", "Removes a version that is not in use.", RemoveAsync)
        {
            Status = StatusCodes.Status204NoContent,
            Action = AuditActions.ServerDeleted,
            Right = AdminRight.ToChange(AdminAreas.Servers),
        },
    ];

    private static async ValueTask<AdminAnswer> ListAsync(AdminExchange exchange)
    {
        if (ServerOf(exchange) is not { } server)
        {
            return AdminAnswer.NotFound;
        }

        var after = long.TryParse(exchange.After, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : (long?)null;
        var page = await server.ListVersionsAsync(exchange.Context, after, exchange.Limit, exchange.Cancellation);
        return page.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<VersionInfo>(page.Versions, page.Next));
    }

    private async ValueTask<AdminAnswer> DeployAsync(AdminExchange exchange)
    {
        if (!ServerId.TryParse(exchange.Value("server"), null, out var server) || ReservedServers.Contains(server))
        {
            return AdminAnswer.Invalid("A server's id is 1 to 63 of a-z, 0-9 and hyphen, not at an end.");
        }

        if (exchange.Query(NewQuery) is not (null or "true" or "false"))
        {
            return AdminAnswer.Invalid("Whether the version is to be new is true or false.");
        }

        var request = new VersionRequest { IsNew = exchange.Query(NewQuery) == "true" };
        if (exchange.Archive is { } archive)
        {
            var key = new ServerKey(exchange.Tenant, server);
            var bundle = await bundles.TakeAsync(key, archive, exchange.Cancellation);
            if (bundle.Fault is { } fault)
            {
                return AdminAnswer.Refused(fault);
            }

            request = request with { Image = bundle.Image };
        }
        else
        {
            request = request with { Document = JsonSerializer.SerializeToUtf8Bytes(exchange.BodyOf<JsonElement>()) };
        }

        var (imported, unmade) = await ImportAsync(exchange, server, request);
        var made = imported is null
            ? VersionDescription.Refused(unmade!)
            : await exchange.Of<IServerListGrain>()
                .AddVersionAsync(exchange.Context, server, imported, exchange.Cancellation);
        request = imported ?? request;
        if (made.Fault is not null && request.Image is { } refused)
        {
            await ServerOf(exchange)!.DropImageAsync(exchange.Context, refused, exchange.Cancellation);
        }

        if (made.Version is { Manifest: null, Standing: not VersionStanding.Revoked, Version.Number: var number })
        {
            var captured = await ServerOf(exchange)!
                .CaptureManifestAsync(exchange.Context, number, exchange.Cancellation);
            made = captured.Version is null ? made : captured with { IsMade = made.IsMade };
        }

        return made is { IsMade: true, Version: { } version }
            ? Answer(made) with
            {
                Status = StatusCodes.Status201Created,
                Location = string.Create(
                    CultureInfo.InvariantCulture,
                    $"/tenants/{exchange.Tenant}/servers/{server}/versions/{version.Version.Number}"),
            }
            : Answer(made);
    }

    /// <summary>
    /// The request with what it names and is elsewhere, or why not. Bringing that has its own deadline
    /// (<c>Smcp:Npm:Deadline</c>).
    /// </summary>
    private static async ValueTask<(VersionRequest? Request, McpFault? Fault)> ImportAsync(
        AdminExchange exchange, ServerId server, VersionRequest request)
    {
        var import = exchange.Grains.Locate<IServerImportGrain>(new ServerKey(exchange.Tenant, server).ToString());
        var outcome = await import.BeginAsync(exchange.Context, request, exchange.Cancellation);
        while (outcome.Ticket is { } ticket)
        {
            outcome = await import.WaitAsync(exchange.Context, ticket, exchange.Cancellation);
        }

        return (outcome.Request, outcome.Fault);
    }

    private static async ValueTask<AdminAnswer> ReadManifestAsync(AdminExchange exchange)
    {
        if (ServerOf(exchange) is not { } server || NumberOf(exchange) is not { } version)
        {
            return AdminAnswer.NotFound;
        }

        var found = await server.ReadManifestAsync(exchange.Context, version, exchange.Cancellation);
        return found.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new ManifestItem(
                found.Hash!,
                found.Approved,
                found.ComparedWith,
                found.Changes,
                JsonSerializer.Deserialize<JsonElement>(found.Manifest.Span)));
    }

    private static async ValueTask<AdminAnswer> RemoveAsync(AdminExchange exchange) =>
        ServerOf(exchange) is not { } server || NumberOf(exchange) is not { } version ? AdminAnswer.NotFound
        : await server.RemoveVersionAsync(exchange.Context, version, exchange.Cancellation) is { } fault
            ? AdminAnswer.Refused(fault)
        : AdminAnswer.Done;

    private static async ValueTask<AdminAnswer> OnVersionAsync(
        AdminExchange exchange, Func<IServerGrain, long, ValueTask<VersionDescription>> act) =>
        ServerOf(exchange) is { } server && NumberOf(exchange) is { } version
            ? Answer(await act(server, version))
            : AdminAnswer.NotFound;

    private static IServerGrain? ServerOf(AdminExchange exchange) =>
        ServerId.TryParse(exchange.Value("server"), null, out var server)
            ? exchange.Grains.Locate<IServerGrain>(new ServerKey(exchange.Tenant, server).ToString())
            : null;

    private static long? NumberOf(AdminExchange exchange) => long.TryParse(
        exchange.Value("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        ? version
        : null;

    private static AdminAnswer Answer(VersionDescription description) =>
        description.Version is { } version
            ? AdminAnswer.Ok(version, description.Revision)
            : AdminAnswer.Refused(description.Fault!);
}
