namespace Smcp.Engine;

public sealed class EmbeddedLifeWireTests : LifeContract, IAsyncDisposable
{
    private readonly EmbeddedFixture _engine;

    public EmbeddedLifeWireTests()
        : this(EmbeddedFixture.OverTheWire())
    {
    }

    private EmbeddedLifeWireTests(EmbeddedFixture engine)
        : base(engine) => _engine = engine;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
