namespace Smcp.Servers;

[GrainInterfaceType("server-list")]
internal interface IServerListShell : IServerListGrain, IGrainWithStringKey;
