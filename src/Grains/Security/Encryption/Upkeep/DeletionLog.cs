using System.Text.Json;
using Smcp.Identity;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>
/// Which keys were destroyed, for ever: a log under the platform's own key, and a file beside the store.
/// </summary>
internal sealed class DeletionLog(ILogStorage logs, DeletionFile file, TimeProvider time)
{
    private const string Name = "key-deletions";
    private const int PageRecords = 256;

    public async ValueTask<IReadOnlyList<KeyDeletion>> ReadAsync(CancellationToken cancellationToken)
    {
        var deletions = new List<KeyDeletion>();
        var after = 0L;
        while (await logs.ReadAsync(Name, after, PageRecords, cancellationToken) is { Count: > 0 } page)
        {
            deletions.AddRange(page.Select(record =>
                JsonSerializer.Deserialize<KeyDeletion>(record.Payload.Span, WireJson.Options)
                    ?? throw new JsonException("The log of deletions holds a null.")));
            after = page[^1].Sequence;
        }

        return deletions;
    }

    public async ValueTask AddAsync(TenantId tenant, int generation, CancellationToken cancellationToken)
    {
        var deletion = new KeyDeletion { Tenant = tenant, Generation = generation, At = time.GetUtcNow() };
        var record = JsonSerializer.SerializeToUtf8Bytes(deletion, WireJson.Options);
        while (true)
        {
            try
            {
                var extent = await logs.ExtentAsync(Name, cancellationToken);
                await logs.AppendAsync(Name, extent.Last + 1, [record], cancellationToken);
                await file.AddAsync([deletion], cancellationToken);
                return;
            }
            catch (StateConflictException)
            {
                // Another node destroys keys at this moment: this record follows that one.
            }
        }
    }
}
