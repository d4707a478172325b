namespace Smcp.Identity.Users;

[GrainInterfaceType("user-directory")]
internal interface IUserDirectoryShell : IUserDirectoryGrain, IGrainWithStringKey;
