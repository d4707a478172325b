using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Jails.Output;

namespace Smcp.Runtimes.Process;

/// <summary>A program in its jail, its one way out, and the secrets that it knows.</summary>
internal sealed record RunningProcess(IJailedProcess Jail, EgressProxy Proxy, SecretMask Mask);
