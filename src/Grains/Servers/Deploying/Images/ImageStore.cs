using Microsoft.Extensions.Options;
using Smcp.Data;
using Smcp.Engine;
using Smcp.Hosting;
using Smcp.Identity;

namespace Smcp.Servers.Deploying.Images;

/// <summary>
/// The images of a tenant's servers, as objects of a place that no server has: encrypted by the tenant's key, counted
/// against its storage quota and gone with it, like any object (decision 78).
/// </summary>
internal sealed class ImageStore(
    IGrainLocator grains, IEngineFailures failures, IOptions<ServerDataOptions> data, IOptions<ImageOptions> options)
{
    private const string Separator = "/";

    private readonly DataReach _reach = new(failures);

    /// <summary>Keeps an image that is whole at hand; once, however often it is asked for.</summary>
    /// <exception cref="ServerDataQuotaException">The tenant has no room for it.</exception>
    /// <exception cref="ServerDataUnavailableException">It cannot be stored now.</exception>
    public async ValueTask PutAsync(
        ServerKey server, ServerImage image, Stream content, CancellationToken cancellationToken)
    {
        if (!await HasAsync(server, image, cancellationToken))
        {
            await ObjectsOf(server.Tenant).PutAsync(KeyOf(server, image.Hash), content, null, cancellationToken);
        }
    }

    public async ValueTask<bool> HasAsync(ServerKey server, ServerImage image, CancellationToken cancellationToken) =>
        await ObjectsOf(server.Tenant).HeadAsync(KeyOf(server, image.Hash), cancellationToken) is { } info
            && info.ETag == image.Hash;

    /// <summary>The bytes of an image; null where there is none.</summary>
    public async ValueTask<Stream?> ReadAsync(
        ServerKey server, ServerImage image, CancellationToken cancellationToken) =>
        (await ObjectsOf(server.Tenant).GetAsync(KeyOf(server, image.Hash), null, cancellationToken))?.Content;

    /// <summary>The files of an image; null where there is none.</summary>
    public async ValueTask<IReadOnlyList<ImageFile>?> ListAsync(
        ServerKey server, ServerImage image, CancellationToken cancellationToken)
    {
        await using var content = await ReadAsync(server, image, cancellationToken);
        return content is null
            ? null
            : await ImageIndex.ReadAsync(content, options.Value.FilesMax, cancellationToken);
    }

    /// <summary>One file of an image whose files were listed.</summary>
    public async ValueTask<byte[]> ReadFileAsync(
        ServerKey server,
        ServerImage image,
        IReadOnlyList<ImageFile> files,
        ImageFile file,
        CancellationToken cancellationToken)
    {
        var before = files.TakeWhile(other => other != file).Sum(other => other.Bytes);
        var part = new ServerObjectRead { Offset = ImageIndex.BytesOf(files) + before, Length = file.Bytes };
        var found = await ObjectsOf(server.Tenant).GetAsync(KeyOf(server, image.Hash), part, cancellationToken);
        var bytes = new byte[file.Bytes];
        await using var content = found?.Content ?? throw new ImageException("The image is not there any more.");
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <summary>Keeps what a version offers, beside the images of its server.</summary>
    public async ValueTask PutManifestAsync(
        ServerKey server, long version, ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken) =>
        await ObjectsOf(server.Tenant).PutAsync(
            KeyOf(server, ManifestName.Of(version)),
            new MemoryStream(manifest.ToArray()),
            null,
            cancellationToken);

    /// <summary>What a version was found to offer; null where that is not kept.</summary>
    public async ValueTask<byte[]?> ReadManifestAsync(
        ServerKey server, long version, CancellationToken cancellationToken)
    {
        var found = await ObjectsOf(server.Tenant)
            .GetAsync(KeyOf(server, ManifestName.Of(version)), null, cancellationToken);
        if (found?.Content is null)
        {
            return null;
        }

        await using var content = found.Content;
        var bytes = new byte[found.Length];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <summary>Removes what is kept of a server's versions but those that are kept, by hash.</summary>
    public async ValueTask RemoveAsync(
        ServerKey server, Func<string, DateTimeOffset, bool> isKept, CancellationToken cancellationToken)
    {
        var objects = ObjectsOf(server.Tenant);
        var prefix = KeyOf(server, string.Empty);
        string? after = null;
        do
        {
            var page = await objects.ListAsync(
                new ServerObjectQuery { Prefix = prefix, After = after }, cancellationToken);
            foreach (var found in page.Items.Where(found => !isKept(found.Key[prefix.Length..], found.WrittenAt)))
            {
                await objects.DeleteAsync(found.Key, null, cancellationToken);
            }

            after = page.Next;
        }
        while (after is not null);
    }

    private static string KeyOf(ServerKey server, string hash) => server.Server + Separator + hash;

    private GrainObjects ObjectsOf(TenantId tenant) =>
        new(new ObjectParts(grains, tenant, ReservedServers.Images), _reach, data.Value);
}
