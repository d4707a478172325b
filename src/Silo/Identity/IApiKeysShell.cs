namespace Smcp.Identity;

[GrainInterfaceType("api-keys")]
internal interface IApiKeysShell : IApiKeysGrain, IGrainWithStringKey;
