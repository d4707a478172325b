namespace Smcp.Tenants;

[GrainInterfaceType("tenant")]
internal interface ITenantShell : ITenantGrain, IGrainWithStringKey;
