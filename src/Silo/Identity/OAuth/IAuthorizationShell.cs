namespace Smcp.Identity.OAuth;

[GrainInterfaceType("oauth-authorization")]
internal interface IAuthorizationShell : IAuthorizationGrain, IGrainWithStringKey;
