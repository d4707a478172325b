namespace Smcp.Engine;

public sealed class EmbeddedResponseTests : ResponseContract, IAsyncDisposable
{
    private readonly EmbeddedFixture _engine;

    public EmbeddedResponseTests()
        : this(new EmbeddedFixture())
    {
    }

    private EmbeddedResponseTests(EmbeddedFixture engine)
        : base(engine) => _engine = engine;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
