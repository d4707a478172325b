using Orleans.Providers;

namespace Smcp.Engine;

/// <summary>
/// A cluster on one machine whose stores are memory: what is acknowledged survives a silo that stops, not all of
/// them. For development and tests.
/// </summary>
internal static class LocalCluster
{
    /// <summary>Keeps state, subscriptions and reminders in the memory of the silos.</summary>
    public static ISiloBuilder UseMemoryStores(this ISiloBuilder silo) =>
        silo.AddMemoryGrainStorage(ShellServices.StorageName)
            .AddMemoryGrainStorage(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME)
            .UseInMemoryReminderService();
}
