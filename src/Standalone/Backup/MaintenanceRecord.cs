using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Security.Encryption;
using Smcp.Security.Encryption.Backup;

namespace Smcp.Backup;

/// <summary>
/// Leaves what a command did for the audit log: the platform's, and of one tenant that tenant's too. Where that cannot
/// be left, it is said: whoever has the folder and the key could do the same without us.
/// </summary>
internal sealed class MaintenanceRecord(IMaintenanceNotes notes, string dataFolder, MaintenanceLine line)
{
    public ValueTask AddAsync(
        string action, AuditOutcome outcome, string? reason, CancellationToken cancellationToken)
    {
        var file = $"backup/{Path.GetFileName(line.File)}";
        return line.Tenant is { } tenant
            ? AddOfAsync(tenant, EventOf(action, outcome, $"tenants/{tenant}/{file}", reason), cancellationToken)
            : AddAsync(EventOf(action, outcome, file, reason), cancellationToken);
    }

    /// <summary>Tenants that stay gone, because their keys were destroyed after the backup was made.</summary>
    public async ValueTask AddGoneAsync(IEnumerable<TenantId> tenants, CancellationToken cancellationToken)
    {
        foreach (var tenant in tenants)
        {
            var gone = EventOf(
                AuditActions.TenantDeleted, AuditOutcome.Success, $"tenants/{tenant}", "destroyed after the backup");
            await AddOfAsync(tenant, gone, cancellationToken);
        }
    }

    private async ValueTask AddOfAsync(TenantId tenant, AuditEvent note, CancellationToken cancellationToken)
    {
        await AddAsync(note, cancellationToken);
        await AddAsync(note with { Tenant = tenant }, cancellationToken);
    }

    private async ValueTask AddAsync(AuditEvent note, CancellationToken cancellationToken)
    {
        try
        {
            await notes.AddAsync(dataFolder, note, cancellationToken);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or EncryptionStartException)
        {
            Console.Error.WriteLine($"smcp: The audit log will not tell of it: {exception.Message}");
        }
    }

    private static AuditEvent EventOf(string action, AuditOutcome outcome, string target, string? reason) => new()
    {
        Time = TimeProvider.System.GetUtcNow(),
        Tenant = TenantId.Platform,
        Action = action,
        Outcome = outcome,
        Principal = $"os:{Environment.UserName}",
        Target = target,
        Reason = reason,
    };
}
