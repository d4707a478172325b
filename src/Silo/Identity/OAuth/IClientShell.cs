namespace Smcp.Identity.OAuth;

[GrainInterfaceType("oauth-client")]
internal interface IClientShell : IClientGrain, IGrainWithStringKey;
