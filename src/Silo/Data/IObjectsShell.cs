namespace Smcp.Data;

[GrainInterfaceType("objects")]
internal interface IObjectsShell : IObjectsGrain, IGrainWithStringKey;
