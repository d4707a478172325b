namespace Smcp.Engine.Faults;

/// <summary>What becomes of a bell on its way.</summary>
internal enum BellFate
{
    None = 0,
    Lost = 1,
    Repeated = 2,
    Delayed = 3,
}
