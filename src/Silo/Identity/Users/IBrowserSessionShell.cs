namespace Smcp.Identity.Users;

[GrainInterfaceType("browser-session")]
internal interface IBrowserSessionShell : IBrowserSessionGrain, IGrainWithStringKey;
