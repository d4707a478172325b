namespace Smcp.Identity;

[GrainInterfaceType("api-key")]
internal interface IApiKeyShell : IApiKeyGrain, IGrainWithStringKey;
