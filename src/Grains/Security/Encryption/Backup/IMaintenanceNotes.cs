using Smcp.Security.Audit;

namespace Smcp.Security.Encryption.Backup;

/// <summary>
/// What the commands that keep a store leave for its audit log: they run beside the product, or while nobody serves,
/// and a log has one writer. A note is a file in the data folder, sealed under the master key, until a product that
/// serves from the folder has recorded it.
/// </summary>
public interface IMaintenanceNotes
{
    /// <summary>Leaves a note, durably.</summary>
    /// <exception cref="EncryptionStartException">There is no usable master key.</exception>
    ValueTask AddAsync(string dataFolder, AuditEvent note, CancellationToken cancellationToken);

    /// <summary>
    /// Hands the notes that wait to the log, a bounded number of them; each goes once it is recorded. What is no note
    /// of this installation is logged and removed.
    /// </summary>
    /// <param name="dataFolder">Where they wait.</param>
    /// <param name="record">Whether it is recorded, durably.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    ValueTask TakeAsync(
        string dataFolder, Func<AuditEvent, ValueTask<bool>> record, CancellationToken cancellationToken);
}
