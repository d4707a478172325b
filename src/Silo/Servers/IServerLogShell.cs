using Smcp.Servers.Health;

namespace Smcp.Servers;

[GrainInterfaceType("server-log")]
internal interface IServerLogShell : IServerLogGrain, IGrainWithStringKey;
