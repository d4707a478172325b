namespace Smcp.Engine;

[GrainInterfaceType("contract")]
internal interface IContractShell : IContractGrain, IGrainWithStringKey;
