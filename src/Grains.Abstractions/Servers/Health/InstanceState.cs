using Smcp.Wire;

namespace Smcp.Servers.Health;

/// <summary>What an instance of a server does.</summary>
[Wire("instance-state", 1)]
public enum InstanceState
{
    /// <summary>It can be asked, and is at work or ready.</summary>
    Running = 0,

    Starting = 1,

    /// <summary>Nothing of it runs at the moment; the next call starts it.</summary>
    Resting = 2,

    /// <summary>What it last tried failed; the next call, or check, tries again.</summary>
    Failing = 3,
}
