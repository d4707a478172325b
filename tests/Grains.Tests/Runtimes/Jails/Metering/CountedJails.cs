namespace Smcp.Runtimes.Jails.Metering;

/// <summary>Jails in which nothing runs, and whose time a test says.</summary>
internal sealed class CountedJails : IJails
{
    public Task<IJailedProcess> StartAsync(JailStart start, CancellationToken cancellationToken) =>
        Task.FromResult<IJailedProcess>(new CountedJail());
}
