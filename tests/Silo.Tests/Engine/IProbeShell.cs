namespace Smcp.Engine;

[GrainInterfaceType("probe")]
internal interface IProbeShell : IProbeGrain, IGrainWithStringKey;
