namespace Smcp.Connections;

[GrainInterfaceType("connections")]
internal interface IConnectionsShell : IConnectionsGrain, IGrainWithStringKey;
