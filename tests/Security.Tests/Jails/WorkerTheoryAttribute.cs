using Smcp.Runtimes.Worker;

namespace Smcp.Threats;

/// <summary>
/// A theory about the real workerd in real jails. Skipped, with the reason, where this machine has none; on Linux CI it
/// must run.
/// </summary>
internal sealed class WorkerTheoryAttribute : TheoryAttribute
{
    public WorkerTheoryAttribute() => Skip = JailTheoryAttribute.Hindrance
        ?? (Environment.GetEnvironmentVariable("CI") is not null ? null
            : WorkerdProgram.Find(new WorkerRuntimeOptions()) is null
                ? WorkerdProgram.Advice(new WorkerRuntimeOptions())
                : null);
}
