using Smcp.TestSupport;

namespace Smcp.Storage;

/// <summary>What other tests use in place of the real store keeps its contract.</summary>
public sealed class InMemoryLogStorageTests : LogStorageContract
{
    protected override ILogStorage Storage { get; } = new InMemoryLogStorage();
}
