namespace Smcp.Tenants;

[GrainInterfaceType("directory")]
internal interface ITenantDirectoryShell : ITenantDirectoryGrain, IGrainWithStringKey;
