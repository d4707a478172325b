namespace Smcp.Engine;

public sealed class EmbeddedCallTests : CallContract, IAsyncDisposable
{
    private readonly EmbeddedFixture _engine;

    public EmbeddedCallTests()
        : this(new EmbeddedFixture())
    {
    }

    private EmbeddedCallTests(EmbeddedFixture engine)
        : base(engine) => _engine = engine;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
