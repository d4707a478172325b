namespace Smcp.Identity.OAuth;

[GrainInterfaceType("user-grants")]
internal interface IUserGrantsShell : IUserGrantsGrain, IGrainWithStringKey;
