namespace Smcp.Security.Encryption;

[GrainInterfaceType("encryption")]
internal interface IEncryptionShell : IEncryptionGrain, IGrainWithStringKey;
