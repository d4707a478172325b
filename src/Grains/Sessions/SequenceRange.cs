using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>
/// Numbers of a session's log: those after <see cref="After"/>, up to and including <see cref="Through"/>.
/// </summary>
[Wire("session-sequence-range", 1)]
internal sealed record SequenceRange(long After, long Through)
{
    public bool Contains(long sequence) => sequence > After && sequence <= Through;
}
