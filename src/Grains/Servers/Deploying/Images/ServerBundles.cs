using Microsoft.Extensions.Options;
using Smcp.Hosting;
using Smcp.Mcp;

namespace Smcp.Servers.Deploying.Images;

/// <summary>
/// Takes bundles: each becomes an image in a temporary file of its own, and is stored when it is whole. Few at a time.
/// </summary>
internal sealed class ServerBundles(ImageStore store, IOptions<ImageOptions> options) : IServerBundles, IDisposable
{
    private static readonly McpFault Busy = new(FaultReason.Unavailable, "Too many bundles are being unpacked.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    private readonly SemaphoreSlim _slots = new(options.Value.UnpackingMax);
    private readonly BundleReader _reader = new(options.Value);

    /// <inheritdoc/>
    public async ValueTask<BundleOutcome> TakeAsync(
        ServerKey server, Stream archive, CancellationToken cancellationToken)
    {
        if (!await _slots.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return new BundleOutcome { Fault = Busy };
        }

        try
        {
            await using var file = TemporaryFile.Create();
            var image = await _reader.ReadAsync(archive, file, cancellationToken);
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
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private static BundleOutcome Refused(FaultReason reason, string message) =>
        new() { Fault = new McpFault(reason, message) };
}
