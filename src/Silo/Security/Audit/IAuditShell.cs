namespace Smcp.Security.Audit;

[GrainInterfaceType("audit")]
internal interface IAuditShell : IAuditGrain, IGrainWithStringKey;
