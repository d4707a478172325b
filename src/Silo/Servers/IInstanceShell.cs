namespace Smcp.Servers;

[GrainInterfaceType("instance")]
internal interface IInstanceShell : IInstanceGrain, IGrainWithStringKey;
