using Microsoft.Extensions.Options;
using Smcp.Security.Encryption;
using Smcp.Security.Encryption.Backup;
using Smcp.Storage;

namespace Smcp.Backup;

/// <summary>
/// The store and its keys as the product has them, with nothing that serves; the store opens when it is asked for.
/// </summary>
internal sealed class MaintenanceHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MaintenanceHost(WebApplication app) => _app = app;

    /// <summary>The data folder.</summary>
    public string Folder => _app.Services.GetRequiredService<IOptions<SqliteStorageOptions>>().Value.DataFolder;

    public EncryptionOptions Encryption => _app.Services.GetRequiredService<IOptions<EncryptionOptions>>().Value;

    public IBackupArchive Archive => _app.Services.GetRequiredService<IBackupArchive>();

    public IMaintenanceNotes Notes => _app.Services.GetRequiredService<IMaintenanceNotes>();

    /// <summary>Opens the store.</summary>
    public IBackupAdmission Admission => _app.Services.GetRequiredService<IBackupAdmission>();

    /// <summary>The part for the settings of a line, whose file and environment count too.</summary>
    public static MaintenanceHost Build(CommandLine line)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.AddStandaloneConfiguration(line);
        builder.Logging.ClearProviders();
        builder.Services.AddSqliteStorage().AddStorageEncryption();
        return new MaintenanceHost(builder.Build());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
