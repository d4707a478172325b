namespace Smcp.Quotas;

[GrainInterfaceType("cpu")]
internal interface ICpuShell : ICpuGrain, IGrainWithStringKey;
