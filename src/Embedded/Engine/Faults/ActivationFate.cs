namespace Smcp.Engine.Faults;

/// <summary>What a call finds the activation met.</summary>
internal enum ActivationFate
{
    None = 0,
    Killed = 1,
    Moved = 2,
    Duplicated = 3,
}
