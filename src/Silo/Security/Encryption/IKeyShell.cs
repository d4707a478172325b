namespace Smcp.Security.Encryption;

[GrainInterfaceType("keys")]
internal interface IKeyShell : IKeyGrain, IGrainWithStringKey;
