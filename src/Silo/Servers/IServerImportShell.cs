using Smcp.Servers.Deploying;

namespace Smcp.Servers;

[GrainInterfaceType("server-import")]
internal interface IServerImportShell : IServerImportGrain, IGrainWithStringKey;
