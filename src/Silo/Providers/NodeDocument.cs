using System.Text.Json;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Providers;

/// <summary>One of the nodes' own rows, changed by whoever holds its version.</summary>
internal sealed class NodeDocument<TContent>(IGrainStorage storage, StateAddress address, TimeProvider time)
    where TContent : class, new()
{
    private const int TriesMax = 30;
    private const int PauseMillisecondsMax = 20;

    public async Task<TContent> ReadAsync(CancellationToken cancellationToken = default) =>
        ContentOf(await storage.ReadAsync(address, cancellationToken));

    /// <summary>
    /// Writes what <paramref name="change"/> makes of it, or nothing where that is null. It is asked again when another
    /// node wrote meanwhile.
    /// </summary>
    /// <exception cref="StorageUnavailableException">Others were faster each time, or the store is away.</exception>
    public async Task<TResult> ChangeAsync<TResult>(Func<TContent, (TContent? Changed, TResult Result)> change)
    {
        for (var tries = 1; ; tries++)
        {
            var stored = await storage.ReadAsync(address, CancellationToken.None);
            var (changed, result) = change(ContentOf(stored));
            if (changed is null)
            {
                return result;
            }

            try
            {
                var payload = JsonSerializer.SerializeToUtf8Bytes(changed, WireJson.Options);
                await storage.WriteAsync(address, payload, stored?.Version ?? 0, CancellationToken.None);
                return result;
            }
            catch (StateConflictException conflict) when (tries == TriesMax)
            {
                throw new StorageUnavailableException($"{address} was changed by others each time.", conflict);
            }
            catch (StateConflictException)
            {
                var pause = TimeSpan.FromMilliseconds(Random.Shared.Next(PauseMillisecondsMax));
                await Task.Delay(pause, time, CancellationToken.None);
            }
        }
    }

    /// <summary>Removes it, whatever it holds.</summary>
    public async Task ClearAsync()
    {
        while (await storage.ReadAsync(address, CancellationToken.None) is { } stored)
        {
            try
            {
                await storage.ClearAsync(address, stored.Version, CancellationToken.None);
            }
            catch (StateConflictException)
            {
                // Another node wrote meanwhile: it is read again.
            }
        }
    }

    private static TContent ContentOf(StoredState? stored) =>
        stored is null
            ? new TContent()
            : JsonSerializer.Deserialize<TContent>(stored.Payload.Span, WireJson.Options) ?? new TContent();
}
