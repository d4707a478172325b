namespace Smcp.Identity.OAuth;

[GrainInterfaceType("signing-keys")]
internal interface ISigningKeysShell : ISigningKeysGrain, IGrainWithStringKey;
