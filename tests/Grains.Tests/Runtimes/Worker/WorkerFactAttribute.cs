using Smcp.Runtimes.Jails;

namespace Smcp.Runtimes.Worker;

/// <summary>A test with the real workerd in a real jail; without one, it is skipped and says how to get it.</summary>
internal sealed class WorkerFactAttribute : FactAttribute
{
    public WorkerFactAttribute() => Skip = new JailFactAttribute().Skip ?? new WorkerdFactAttribute().Skip;
}
