using Microsoft.Extensions.Hosting;
using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Rows;
using Smcp.Security.Encryption.Upkeep;

namespace Smcp.Security.Encryption;

/// <summary>
/// Looks at the start whether the store can be decrypted, destroys again what a restored store does not know to be
/// destroyed, watches for changes of keys that other nodes make, and writes what the indexes hold back at the end.
/// Where the store is up before the host, that look is the first thing (<c>opensFirst</c>); a cluster's store is
/// reached once its node runs.
/// </summary>
internal sealed class EncryptionStart(
    KeyOpening opening,
    KeyWatch watch,
    IndexFlusher flusher,
    DeletionReplay replay,
    bool opensFirst) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (opensFirst)
        {
            await opening.OpenAsync(cancellationToken);
            await replay.RunAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!opensFirst)
        {
            await opening.OpenAsync(cancellationToken);
            await replay.RunAsync(cancellationToken);
        }

        watch.Start();
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => flusher.FlushAsync();
}
