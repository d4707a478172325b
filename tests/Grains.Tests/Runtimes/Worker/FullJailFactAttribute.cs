namespace Smcp.Runtimes.Worker;

/// <summary>A test of workers in jails of level <c>full</c>, which only root has; else it is skipped.</summary>
internal sealed class FullJailFactAttribute : FactAttribute
{
    public FullJailFactAttribute() => Skip = new WorkerFactAttribute().Skip
        ?? (Environment.IsPrivilegedProcess ? null : "Jails of level full need root.");
}
