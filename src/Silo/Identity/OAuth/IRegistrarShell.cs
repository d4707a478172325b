namespace Smcp.Identity.OAuth;

[GrainInterfaceType("oauth-registrar")]
internal interface IRegistrarShell : IRegistrarGrain, IGrainWithStringKey;
