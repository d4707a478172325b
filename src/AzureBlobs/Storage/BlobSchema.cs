using System.Globalization;
using System.Text;

namespace Smcp.Storage;

/// <summary>
/// What the container is, in two blobs: <c>schema</c>, the version of what is in it, and <c>import</c>, there while
/// another store's content is taken over.
/// </summary>
internal static class BlobSchema
{
    /// <summary>The version that this program writes.</summary>
    public const int Version = 1;

    public const string ImportName = "import";

    private const string SchemaName = "schema";

    /// <summary>Requires a container that holds a store, whole; an empty one is made into it.</summary>
    /// <exception cref="StorageStartException">
    /// It is of a newer version, another program's, or half imported.
    /// </exception>
    public static async Task OpenAsync(BlobStore store, CancellationToken cancellationToken)
    {
        await PrepareAsync(store, cancellationToken);
        if (await store.FindAsync(ImportName, cancellationToken) is not null)
        {
            throw new StorageStartException(
                StorageStartFailure.Foreign,
                "The container holds a part of another store's content only. Move it there again, to the end.");
        }
    }

    /// <summary>Makes the container, and what names it.</summary>
    /// <exception cref="StorageStartException">It is of a newer version, or another program's.</exception>
    public static async Task PrepareAsync(BlobStore store, CancellationToken cancellationToken)
    {
        try
        {
            await store.MakeContainerAsync(cancellationToken);
            if (await store.ReadAsync(SchemaName, cancellationToken) is { } found)
            {
                Require(found);
                return;
            }

            if ((await store.ListAsync(string.Empty, null, null, cancellationToken)).Names is { Count: > 0 } names
                && !names.Contains(SchemaName))
            {
                throw new StorageStartException(
                    StorageStartFailure.Foreign,
                    $"The container {store.Options.Container} holds blobs of another program. Choose another one.");
            }

            // Another node that starts too may be faster: then it says the same.
            await store.WriteAsync(
                SchemaName,
                Encoding.UTF8.GetBytes(Version.ToString(CultureInfo.InvariantCulture)),
                Version,
                null,
                cancellationToken);
        }
        catch (StorageUnavailableException failure)
        {
            throw new StorageStartException(
                StorageStartFailure.Failing,
                $"The storage account of {BlobOptions.Section}:ConnectionString cannot be used. {failure.Message}.",
                failure);
        }
    }

    private static void Require(BlobContent found)
    {
        var text = Encoding.UTF8.GetString(found.Bytes.Span);
        if (!int.TryParse(text, CultureInfo.InvariantCulture, out var version))
        {
            throw new StorageStartException(
                StorageStartFailure.Foreign, "The container is of another program. Choose another one.");
        }

        if (version > Version)
        {
            throw new StorageStartException(
                StorageStartFailure.NewerVersion,
                $"A newer version of Smcp wrote the container (its schema is {version}, this version knows {Version}). "
                    + "Start that version, or restore a backup made by this one.");
        }
    }
}
