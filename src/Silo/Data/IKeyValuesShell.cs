namespace Smcp.Data;

[GrainInterfaceType("key-values")]
internal interface IKeyValuesShell : IKeyValuesGrain, IGrainWithStringKey;
