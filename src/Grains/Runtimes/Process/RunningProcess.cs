using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.Jails;

namespace Smcp.Runtimes.Process;

/// <summary>A program in its jail, and its one way out.</summary>
internal sealed record RunningProcess(IJailedProcess Jail, EgressProxy Proxy);
