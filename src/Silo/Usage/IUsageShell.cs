namespace Smcp.Usage;

[GrainInterfaceType("usage")]
internal interface IUsageShell : IUsageGrain, IGrainWithStringKey;
