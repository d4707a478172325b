namespace Smcp.Hosting.State;

[ServerState("test")]
public sealed record TestState
{
    public int Count { get; init; }
}
