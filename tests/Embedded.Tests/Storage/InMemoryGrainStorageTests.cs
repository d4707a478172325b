using Smcp.TestSupport;

namespace Smcp.Storage;

/// <summary>What other tests use in place of the real store keeps its contract.</summary>
public sealed class InMemoryGrainStorageTests : GrainStorageContract
{
    protected override IGrainStorage Storage { get; } = new InMemoryGrainStorage();
}
