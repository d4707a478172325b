namespace Smcp.Engine;

public sealed class EmbeddedResponseWireTests : ResponseContract, IAsyncDisposable
{
    private readonly EmbeddedFixture _engine;

    public EmbeddedResponseWireTests()
        : this(EmbeddedFixture.OverTheWire())
    {
    }

    private EmbeddedResponseWireTests(EmbeddedFixture engine)
        : base(engine) => _engine = engine;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
