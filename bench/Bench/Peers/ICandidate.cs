using Smcp.Bench.Load;

namespace Smcp.Bench.Peers;

/// <summary>One candidate of a comparison.</summary>
internal interface ICandidate
{
    /// <summary>As it stands in the results.</summary>
    string Name { get; }

    /// <summary>CPU time of its processes so far.</summary>
    TimeSpan Cpu { get; }

    /// <summary>Bytes that its .NET runtimes have allocated so far; 0 for another runtime.</summary>
    long AllocatedBytes { get; }

    double ResidentMiB { get; }

    /// <summary>New connections to it: a server may close one that rests while others have their turn.</summary>
    ILoad Open(int connections);
}
