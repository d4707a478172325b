namespace Smcp.Identity.OAuth;

[GrainInterfaceType("oauth-clients")]
internal interface IClientsShell : IClientsGrain, IGrainWithStringKey;
