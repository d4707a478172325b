using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Storage;

namespace Smcp.Data;

/// <summary>
/// What one part of a store says to its tenant's count: before it holds more, and after it holds less.
/// </summary>
internal sealed class StorageCount(
    IActivationContext activation,
    IEngineFailures failures,
    TenantId tenant,
    DataSource source,
    Action<Exception> onNotReported)
{
    private readonly string _source = source.ToString();

    private IStorageUsageGrain Usage => activation.Grains.Locate<IStorageUsageGrain>(tenant.ToString());

    /// <summary>Null when so many bytes may be held, and are counted from now on.</summary>
    public ValueTask<McpFault?> ReserveAsync(long bytes, CancellationToken cancellationToken) =>
        Usage.ReserveAsync(_source, bytes, cancellationToken);

    /// <summary>What was done is done, whether it can be said now or at the next activation.</summary>
    public async ValueTask ReportAsync(long bytes, CancellationToken cancellationToken)
    {
        try
        {
            await Usage.ReportAsync(_source, bytes, cancellationToken);
        }
        catch (Exception exception) when (
            exception is StorageUnavailableException || failures.Classify(exception) != EngineFailure.None)
        {
            onNotReported(exception);
        }
    }
}
