namespace Smcp.Quotas;

[GrainInterfaceType("quota")]
internal interface IQuotaShell : IQuotaGrain, IGrainWithStringKey;
