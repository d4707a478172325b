namespace Smcp.Identity.OAuth;

[GrainInterfaceType("oauth-grant")]
internal interface IGrantShell : IGrantGrain, IGrainWithStringKey;
