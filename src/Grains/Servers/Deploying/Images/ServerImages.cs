using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Identity;

namespace Smcp.Servers.Deploying.Images;

/// <summary>
/// The images that run on this node, each in a folder: unpacked once for all who ask at the same time, checked against
/// its hash before anybody has it, read-only, and removed when nothing has used it for a while or others need the room.
/// A tenant's are its own, even where another has the same.
/// </summary>
internal sealed partial class ServerImages(
    ImageStore store, TimeProvider time, IOptions<ImageOptions> options, ILogger<ServerImages> logger) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(TenantId Tenant, string Hash), CachedImage> _images = [];
    private readonly Lazy<ImageRoot> _root = new(() => ImageRoot.Make(options.Value.Folder));
    private ITimer? _sweep;
    private long _named;
    private bool _isDisposed;

    /// <summary>The folder of all images; nothing else is in it.</summary>
    /// <exception cref="OptionsValidationException">Another has the folder, or it cannot be used.</exception>
    public string Root => _root.Value.Path;

    /// <summary>The image as a folder, which stays while the answer is not disposed.</summary>
    /// <exception cref="ImageException">There is none, it is damaged, or this node has no room for it.</exception>
    /// <exception cref="Hosting.ServerDataUnavailableException">It cannot be read now.</exception>
    public async ValueTask<OpenImage> OpenAsync(
        ServerKey server, ServerImage image, CancellationToken cancellationToken)
    {
        var key = (server.Tenant, image.Hash);
        var cached = Take(key, server, image);
        try
        {
            await cached.Unpacking.WaitAsync(cancellationToken);
            return new OpenImage(cached.Folder, () => Release(key, cached));
        }
        catch
        {
            Release(key, cached);
            throw;
        }
    }

    /// <summary>What is in use stays: its processes have it open, and their end removes nothing of others.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _sweep?.Dispose();
            foreach (var image in _images.Values.Where(image => image.Uses == 0).ToList())
            {
                Remove(image);
            }

            _images.Clear();
        }

        if (_root.IsValueCreated)
        {
            _root.Value.Dispose();
        }
    }

    private CachedImage Take((TenantId Tenant, string Hash) key, ServerKey server, ServerImage image)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_images.TryGetValue(key, out var cached) && !IsSpoilt(cached))
            {
                cached.Uses++;
                return cached;
            }

            Forget(key);
            MakeRoom(image.Bytes);
            var folder = Path.Combine(_root.Value.Path, $"{key.Tenant}-{key.Hash[..16]}-{++_named}");
            cached = new CachedImage(folder, image.Bytes)
            {
                Uses = 1,
                Unpacking = Task.Run(() => UnpackAsync(server, image, folder)),
            };
            _images[key] = cached;
            _sweep ??= time.CreateTimer(
                _ => Sweep(), null, options.Value.CacheLifetime / 2, options.Value.CacheLifetime / 2);
            return cached;
        }
    }

    /// <summary>Whether it is no image any more. One that is in use elsewhere is left to who uses it.</summary>
    private bool IsSpoilt(CachedImage cached)
    {
        if (!cached.Unpacking.IsCompleted)
        {
            return false;
        }

        if (!cached.Unpacking.IsCompletedSuccessfully)
        {
            return true;
        }

        if (cached.IsUntouched())
        {
            return false;
        }

        LogTouched(cached.Folder);
        return true;
    }

    private async Task<IReadOnlyList<FileStamp>> UnpackAsync(ServerKey server, ServerImage image, string folder)
    {
        try
        {
            await using var content = await store.ReadAsync(server, image, CancellationToken.None)
                ?? throw new ImageException("The image is not there any more.");
            var files = await ImageUnpacking.UnpackAsync(
                content, image, folder, options.Value.FilesMax, CancellationToken.None);
            return [.. files.Select(file => FileStamp.Of(folder, file.Path))];
        }
        catch
        {
            Remove(folder);
            throw;
        }
    }

    private void Release((TenantId Tenant, string Hash) key, CachedImage image)
    {
        lock (_gate)
        {
            image.Uses--;
            image.RestsSince = time.GetTimestamp();
            var isKnown = _images.TryGetValue(key, out var known) && known == image;
            if (image.Uses == 0 && (!isKnown || _isDisposed || !image.Unpacking.IsCompletedSuccessfully))
            {
                if (isKnown)
                {
                    _images.Remove(key);
                }

                Remove(image);
            }
        }
    }

    private void Forget((TenantId Tenant, string Hash) key)
    {
        if (_images.Remove(key, out var spoilt) && spoilt.Uses == 0)
        {
            Remove(spoilt);
        }
    }

    private void MakeRoom(long bytes)
    {
        var resting = _images.Where(pair => pair.Value.Uses == 0).OrderBy(pair => pair.Value.RestsSince).ToList();
        foreach (var (key, image) in resting.TakeWhile(_ => Held() + bytes > options.Value.CacheBytesMax))
        {
            _images.Remove(key);
            Remove(image);
        }

        if (Held() + bytes > options.Value.CacheBytesMax)
        {
            throw new ImageException("The node has no room for the image: too many others are in use.");
        }
    }

    private long Held() => _images.Values.Sum(image => image.Bytes);

    private void Sweep()
    {
        lock (_gate)
        {
            foreach (var (key, image) in _images.Where(pair => pair.Value.Uses == 0
                && time.GetElapsedTime(pair.Value.RestsSince) >= options.Value.CacheLifetime).ToList())
            {
                _images.Remove(key);
                Remove(image);
            }

            if (_images.Count == 0)
            {
                _sweep?.Dispose();
                _sweep = null;
            }
        }
    }

    private void Remove(CachedImage image)
    {
        if (image.Unpacking.IsCompleted)
        {
            Remove(image.Folder);
        }
    }

    private void Remove(string folder)
    {
        try
        {
            ImageUnpacking.Remove(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(exception, folder);
        }
    }
}
