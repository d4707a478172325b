using Smcp.TestSupport;

namespace Smcp.Providers;

/// <summary>Members, state, logs, reminders and bells in PostgreSQL.</summary>
public sealed class PostgresProviderTests(PostgresServer server) : ProviderContract, IClassFixture<PostgresServer>
{
    protected override Dictionary<string, string?> NewSettings() => new()
    {
        [$"{ProviderOptions.Section}:Store"] = nameof(StoreKind.Postgres),
        [$"{ProviderOptions.Section}:Bells"] = nameof(BellKind.Postgres),
        ["Smcp:Postgres:ConnectionString"] = server.NewDatabase(),
    };
}
