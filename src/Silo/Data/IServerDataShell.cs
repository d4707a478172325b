namespace Smcp.Data;

[GrainInterfaceType("server-data")]
internal interface IServerDataShell : IServerDataGrain, IGrainWithStringKey;
