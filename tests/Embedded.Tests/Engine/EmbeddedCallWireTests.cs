namespace Smcp.Engine;

public sealed class EmbeddedCallWireTests : CallContract, IAsyncDisposable
{
    private readonly EmbeddedFixture _engine;

    public EmbeddedCallWireTests()
        : this(EmbeddedFixture.OverTheWire())
    {
    }

    private EmbeddedCallWireTests(EmbeddedFixture engine)
        : base(engine) => _engine = engine;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
