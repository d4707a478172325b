namespace Smcp.Tasks;

[GrainInterfaceType("task-list")]
internal interface ITaskListShell : ITaskListGrain, IGrainWithStringKey;
