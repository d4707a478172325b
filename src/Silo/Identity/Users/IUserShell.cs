namespace Smcp.Identity.Users;

[GrainInterfaceType("user")]
internal interface IUserShell : IUserGrain, IGrainWithStringKey;
