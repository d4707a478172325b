namespace Smcp.Runtimes.Worker;

/// <summary>A test with the real workerd; without it, it is skipped and says how to get it.</summary>
internal sealed class WorkerdFactAttribute : FactAttribute
{
    public WorkerdFactAttribute()
    {
        var options = new WorkerRuntimeOptions();
        if (WorkerdProgram.Find(options) is null)
        {
            Skip = WorkerdProgram.Advice(options);
        }
    }
}
