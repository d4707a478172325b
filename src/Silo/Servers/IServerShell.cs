namespace Smcp.Servers;

[GrainInterfaceType("server")]
internal interface IServerShell : IServerGrain, IGrainWithStringKey;
