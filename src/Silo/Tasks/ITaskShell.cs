namespace Smcp.Tasks;

[GrainInterfaceType("task")]
internal interface ITaskShell : ITaskGrain, IGrainWithStringKey;
