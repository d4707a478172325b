namespace Smcp.Bench.Measures;

/// <summary>
/// MiB that one instance more takes: of its processes, and of Smcp's own; before its first call and after.
/// </summary>
internal sealed record InstanceMemoryRow(
    string Name, int Instances, double Idle, double Called, double OwnIdle, double OwnCalled)
{
    /// <summary>How many of them a GiB holds.</summary>
    public double IdlePerGiB => 1024 / (Idle + OwnIdle);

    public double CalledPerGiB => 1024 / (Called + OwnCalled);
}
