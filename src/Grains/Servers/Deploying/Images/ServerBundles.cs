using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Smcp.Hosting;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Servers.Deploying.Images;

/// <summary>
/// Takes bundles: each becomes an image in a temporary file of its own, and is stored when it is whole. Few at a time,
/// and one of a tenant, so that none keeps the others from it.
/// </summary>
internal sealed class ServerBundles(ImageStore store, TimeProvider time, IOptions<ImageOptions> options)
    : IServerBundles, IDisposable
{
    private static readonly McpFault BusyWithOwn = new(
        FaultReason.Unavailable, "Another bundle of the tenant is being unpacked.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    private static readonly McpFault Busy = new(FaultReason.Unavailable, "Too many bundles are being unpacked.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    private readonly SemaphoreSlim _slots = new(options.Value.UnpackingMax);
    private readonly ConcurrentDictionary<TenantId, ServerId> _unpacking = new();
    private readonly BundleReader _reader = new(options.Value);

    /// <inheritdoc/>
    public async ValueTask<BundleOutcome> TakeAsync(
        ServerKey server, Stream archive, CancellationToken cancellationToken)
    {
        if (!_unpacking.TryAdd(server.Tenant, server.Server))
        {
            return new BundleOutcome { Fault = BusyWithOwn };
        }

        try
        {
            if (!await _slots.WaitAsync(TimeSpan.Zero, cancellationToken))
            {
                return new BundleOutcome { Fault = Busy };
            }

            try
            {
                return await StoreAsync(server, archive, cancellationToken);
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            _unpacking.TryRemove(server.Tenant, out _);
        }
    }

    public void Dispose() => _slots.Dispose();

    private async ValueTask<BundleOutcome> StoreAsync(
        ServerKey server, Stream archive, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = TemporaryFile.Create();
            if (await UnpackAsync(archive, file, cancellationToken) is not { } image)
            {
                return Refused(
                    FaultReason.LimitExceeded,
                    $"Unpacking the bundle took longer than {options.Value.UnpackingDeadline.TotalSeconds:0} s.");
            }

            file.Position = 0;
            await store.PutAsync(server, image, file, cancellationToken);
            return new BundleOutcome { Image = image };
        }
        catch (BundleException exception)
        {
            return Refused(FaultReason.InvalidParams, exception.Message);
        }
        catch (ServerDataQuotaException)
        {
            return Refused(FaultReason.LimitExceeded, "The tenant's storage quota has no room for the bundle.");
        }
        catch (ServerDataUnavailableException)
        {
            return Refused(FaultReason.Unavailable, "The bundle cannot be stored now.");
        }
        catch (ArgumentException)
        {
            return Refused(FaultReason.InvalidParams, "The bundle is larger than an object may be.");
        }
    }

    /// <summary>The image, or null when it took too long.</summary>
    private async ValueTask<ServerImage?> UnpackAsync(
        Stream archive, Stream file, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.Value.UnpackingDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await _reader.ReadAsync(archive, file, either.Token);
        }
        catch (OperationCanceledException)
            when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static BundleOutcome Refused(FaultReason reason, string message) =>
        new() { Fault = new McpFault(reason, message) };
}
