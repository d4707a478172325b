using Smcp.Engine.Calls;

namespace Smcp.Engine.Bells;

/// <summary>A grain receives one item.</summary>
internal sealed class BellTurn(string stream, Func<ValueTask> receive) : ResultCall<Nothing>
{
    public override string Name => stream;

    public override bool Interleaves => false;

    public override bool IsBound => true;

    protected override ValueTask<Nothing> InvokeAsync(object grain) => Nothing.OfAsync(receive());
}
