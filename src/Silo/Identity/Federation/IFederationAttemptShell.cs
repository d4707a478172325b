namespace Smcp.Identity.Federation;

[GrainInterfaceType("federation-attempt")]
internal interface IFederationAttemptShell : IFederationAttemptGrain, IGrainWithStringKey;
