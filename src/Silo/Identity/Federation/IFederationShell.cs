namespace Smcp.Identity.Federation;

[GrainInterfaceType("federation")]
internal interface IFederationShell : IFederationGrain, IGrainWithStringKey;
