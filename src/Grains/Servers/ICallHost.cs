using Smcp.Mcp;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>What a call in flight needs of its instance. Thread-safe.</summary>
internal interface ICallHost
{
    InstanceOptions Options { get; }

    /// <summary>Something happened to the call off the scheduler: look at it on the scheduler, soon.</summary>
    void Attend(InFlightCall call);

    /// <summary>A task's server said something to its client: pass it on, or drop it where too much waits.</summary>
    void Tell(InFlightCall call, McpFrame frame);

    /// <summary>Why this client cannot be asked this, or null when it can.</summary>
    McpFault? Refuse(InFlightCall call, InputRequest question);
}
