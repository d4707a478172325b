namespace Smcp.Security.Secrets;

[GrainInterfaceType("secrets")]
internal interface ISecretsShell : ISecretsGrain, IGrainWithStringKey;
