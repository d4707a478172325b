namespace Smcp.Engine.Activations;

/// <summary>Where an activation stands in its life.</summary>
internal enum ActivationPhase
{
    New = 0,
    Activating = 1,
    Active = 2,
    Ending = 3,
    Ended = 4,
}
