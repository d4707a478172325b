using System.Text.Json;
using Smcp.Identity;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Security.Secrets;

/// <summary>The rows of a tenant's secrets: the type <c>secret</c>, keyed by tenant and name.</summary>
internal sealed class SecretRows(IGrainStorage storage, TenantId tenant)
{
    private const string GrainType = "secret";
    private const string RowName = "secret";

    /// <summary>A secret, and the version of its row; null and 0 where there is none.</summary>
    public async ValueTask<(SecretRow? Row, long RowVersion)> ReadAsync(
        string name, CancellationToken cancellationToken)
    {
        var stored = await storage.ReadAsync(Address(name), cancellationToken);
        return stored is null
            ? (null, 0)
            : (JsonSerializer.Deserialize<SecretRow>(stored.Payload.Span, WireJson.Options), stored.Version);
    }

    /// <exception cref="StateConflictException">The stored row is another: nothing was written.</exception>
    public async ValueTask WriteAsync(SecretRow row, long rowVersion, CancellationToken cancellationToken) =>
        await storage.WriteAsync(
            Address(row.Info.Name),
            JsonSerializer.SerializeToUtf8Bytes(row, WireJson.Options),
            rowVersion,
            cancellationToken);

    public ValueTask ClearAsync(string name, long rowVersion, CancellationToken cancellationToken) =>
        storage.ClearAsync(Address(name), rowVersion, cancellationToken);

    private StateAddress Address(string name) => new(GrainType, $"{tenant}/{name}", RowName);
}
