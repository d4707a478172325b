namespace Smcp.Data;

[GrainInterfaceType("storage-usage")]
internal interface IStorageUsageShell : IStorageUsageGrain, IGrainWithStringKey;
