using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;
using Smcp.Servers.Deploying;
using Smcp.Servers.Health;

namespace Smcp.TestSupport;

/// <summary>A server of which nobody asks anything: a fake says what it answers.</summary>
public abstract class StillServer : IServerGrain
{
    public virtual ValueTask<ServerLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<ServerDescription> ReadAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<ServerDescription> SetAccessAsync(
        CallContext context, ServerAccess access, long? expected, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<ServerDescription> DeployAsync(
        CallContext context, ServerDeployment deployment, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<McpFault?> RemoveAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<ServerLookup> DescribeVersionAsync(
        CallContext context, long version, bool isForManifest, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<VersionPage> ListVersionsAsync(
        CallContext context, long? after, int countMax, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<VersionDescription> ReadVersionAsync(
        CallContext context, long version, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<VersionDescription> AddVersionAsync(
        CallContext context, VersionRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask DropImageAsync(
        CallContext context, ServerImage image, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<VersionDescription> ActivateAsync(
        CallContext context,
        long version,
        VersionActivation activation,
        long? expected,
        CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<VersionDescription> RevokeAsync(
        CallContext context, long version, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<VersionDescription> CaptureManifestAsync(
        CallContext context, long version, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<ManifestDescription> ReadManifestAsync(
        CallContext context, long version, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<VersionDescription> ApproveManifestAsync(
        CallContext context, long version, string hash, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask ReportDriftAsync(
        CallContext context, long version, ManifestChanges changes, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<McpFault?> RemoveVersionAsync(
        CallContext context, long version, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<McpFault?> AttendAsync(
        CallContext context, InstanceReport report, CancellationToken cancellationToken) => default;

    public virtual ValueTask<ServerStatus> ReadStatusAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<ServerStatus> StopAsync(
        CallContext context, ServerStop stop, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<ServerStatus> StartAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
