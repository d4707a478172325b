using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers.Deploying;
using Smcp.Servers.Health;

namespace Smcp.Servers;

/// <summary>What a tenant deployed; key: <see cref="ServerKey"/>.</summary>
[Grain("server")]
public interface IServerGrain
{
    /// <summary>The definition in force. Callers may hold it for some seconds.</summary>
    [Interleaves]
    ValueTask<ServerLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>The definition in force, for an administrator of the tenant.</summary>
    [Interleaves]
    ValueTask<ServerDescription> ReadAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Says who may reach the server, whatever its definition says; durable before it returns. Another version of the
    /// policy in force than the expected one is a conflict; null expects nothing.
    /// </summary>
    ValueTask<ServerDescription> SetAccessAsync(
        CallContext context, ServerAccess access, long? expected, CancellationToken cancellationToken);

    /// <summary>
    /// From the tenant's list of servers, for operators: makes the tenant have this server, for its members to begin
    /// with; durable before it returns. One that is there gets the new source, and keeps who may reach it.
    /// </summary>
    ValueTask<ServerDescription> DeployAsync(
        CallContext context, ServerDeployment deployment, CancellationToken cancellationToken);

    /// <summary>
    /// From the tenant's list of servers: ends what was deployed, with all its versions; for operators, where it came
    /// with the process. Durable before it returns. Null, or why not.
    /// </summary>
    ValueTask<McpFault?> RemoveAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// From an instance: the definition of the version that it runs; <see cref="FaultReason.SessionNotFound"/> when
    /// that serves nobody any more. For the instance that reads its manifest, also of one that never did.
    /// </summary>
    [Interleaves]
    ValueTask<ServerLookup> DescribeVersionAsync(
        CallContext context, long version, bool isForManifest, CancellationToken cancellationToken);

    /// <summary>The versions after (that is, older than) a number, for an administrator of the tenant.</summary>
    [Interleaves]
    ValueTask<VersionPage> ListVersionsAsync(
        CallContext context, long? after, int countMax, CancellationToken cancellationToken);

    /// <summary>A version, for an administrator of the tenant.</summary>
    [Interleaves]
    ValueTask<VersionDescription> ReadVersionAsync(
        CallContext context, long version, CancellationToken cancellationToken);

    /// <summary>
    /// From the tenant's list of servers: makes a version, or finds the one that is the same; durable before it
    /// returns. It serves nobody yet.
    /// </summary>
    ValueTask<VersionDescription> AddVersionAsync(
        CallContext context, VersionRequest request, CancellationToken cancellationToken);

    /// <summary>From who stored files for a version that was refused: they go, if no version has them.</summary>
    ValueTask DropImageAsync(CallContext context, ServerImage image, CancellationToken cancellationToken);

    /// <summary>
    /// Brings a version into use, an older one too; durable before it returns. Sessions of the one before stay with it
    /// until they end or its time to drain is over. <see cref="FaultReason.Conflict"/>: it was revoked, its manifest is
    /// not approved, or what is in use is not as expected.
    /// </summary>
    ValueTask<VersionDescription> ActivateAsync(
        CallContext context,
        long version,
        VersionActivation activation,
        long? expected,
        CancellationToken cancellationToken);

    /// <summary>
    /// Ends a version for good and at once; its instances and sessions end with it. Durable before it returns; an
    /// instance that cannot be reached then finds out within seconds.
    /// </summary>
    [Interleaves]
    ValueTask<VersionDescription> RevokeAsync(
        CallContext context, long version, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a version that serves nobody, and its files. Null, or why not; <see cref="FaultReason.Conflict"/>: it
    /// is in use.
    /// </summary>
    ValueTask<McpFault?> RemoveVersionAsync(
        CallContext context, long version, CancellationToken cancellationToken);

    /// <summary>
    /// Starts the version and notes what it offers, or why that is not known; durable before it returns.
    /// <see cref="FaultReason.Conflict"/>: what it offers was approved already, or it was revoked.
    /// </summary>
    ValueTask<VersionDescription> CaptureManifestAsync(
        CallContext context, long version, CancellationToken cancellationToken);

    /// <summary>What a version offers, and what of it is otherwise than what serves now.</summary>
    [Interleaves]
    ValueTask<ManifestDescription> ReadManifestAsync(
        CallContext context, long version, CancellationToken cancellationToken);

    /// <summary>
    /// Approves what a version offers, by its hash; durable before it returns. <see cref="FaultReason.Conflict"/>: the
    /// hash is another.
    /// </summary>
    ValueTask<VersionDescription> ApproveManifestAsync(
        CallContext context, long version, string hash, CancellationToken cancellationToken);

    /// <summary>
    /// From an instance: the version offers something else than was approved, which is withheld. Recorded once for
    /// each such difference.
    /// </summary>
    ValueTask ReportDriftAsync(
        CallContext context, long version, ManifestChanges changes, CancellationToken cancellationToken);

    /// <summary>
    /// From an instance: how it is. Null, or why it must end now: its version serves nobody any more
    /// (<see cref="FaultReason.SessionNotFound"/>), or its server is stopped or in quarantine.
    /// </summary>
    [Interleaves]
    ValueTask<McpFault?> AttendAsync(CallContext context, InstanceReport report, CancellationToken cancellationToken);

    /// <summary>How the server is, and why, for an administrator of the tenant.</summary>
    [Interleaves]
    ValueTask<ServerStatus> ReadStatusAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Stops the server until it is started: its instances, processes and sessions end at once, and whoever calls it is
    /// told why. Durable before it returns. What an operator of the platform stopped, only one starts.
    /// </summary>
    [Interleaves]
    ValueTask<ServerStatus> StopAsync(CallContext context, ServerStop stop, CancellationToken cancellationToken);

    /// <summary>
    /// Lets the server serve again, also out of quarantine; durable before it returns.
    /// <see cref="FaultReason.Conflict"/>: an operator stopped it.
    /// </summary>
    [Interleaves]
    ValueTask<ServerStatus> StartAsync(CallContext context, CancellationToken cancellationToken);
}
