namespace Smcp.Testing;

/// <summary>
/// Tests that each do something to a cluster of processes: one after the other, since two such clusters at once would
/// share the names of their networks and starve each other.
/// </summary>
[CollectionDefinition(Name)]
public sealed class FaultCollection
{
    public const string Name = "faults";
}
