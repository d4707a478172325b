namespace Smcp.Sessions;

[GrainInterfaceType("session")]
internal interface ISessionShell : ISessionGrain, IGrainWithStringKey;
