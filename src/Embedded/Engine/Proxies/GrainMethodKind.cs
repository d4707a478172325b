namespace Smcp.Engine.Proxies;

/// <summary>What a grain method returns.</summary>
internal enum GrainMethodKind
{
    None = 0,
    PlainTask = 1,
    PlainValueTask = 2,
    Task = 3,
    ValueTask = 4,
    Stream = 5,
}
