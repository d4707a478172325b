namespace Smcp.Identity.Users;

[GrainInterfaceType("login")]
internal interface ILoginShell : ILoginGrain, IGrainWithStringKey;
