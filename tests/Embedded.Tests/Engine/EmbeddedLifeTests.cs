namespace Smcp.Engine;

public sealed class EmbeddedLifeTests : LifeContract, IAsyncDisposable
{
    private readonly EmbeddedFixture _engine;

    public EmbeddedLifeTests()
        : this(new EmbeddedFixture())
    {
    }

    private EmbeddedLifeTests(EmbeddedFixture engine)
        : base(engine) => _engine = engine;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
