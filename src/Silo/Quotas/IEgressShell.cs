namespace Smcp.Quotas;

[GrainInterfaceType("egress")]
internal interface IEgressShell : IEgressGrain, IGrainWithStringKey;
