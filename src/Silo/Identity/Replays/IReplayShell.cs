namespace Smcp.Identity.Replays;

[GrainInterfaceType("replays")]
internal interface IReplayShell : IReplayGrain, IGrainWithStringKey;
