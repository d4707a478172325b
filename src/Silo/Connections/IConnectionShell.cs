namespace Smcp.Connections;

[GrainInterfaceType("connection")]
internal interface IConnectionShell : IConnectionGrain, IGrainWithStringKey;
