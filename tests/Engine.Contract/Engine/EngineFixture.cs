namespace Smcp.Engine;

/// <summary>
/// An engine under the contract, with <see cref="ContractGrain"/> and the <see cref="Witness"/> registered.
/// </summary>
public abstract class EngineFixture
{
    /// <summary>What its grains are given.</summary>
    public ContractWitness Witness { get; } = new();

    /// <summary>Grains, as a caller outside any grain has them.</summary>
    public abstract IGrainLocator Grains { get; }

    public abstract IEngineFailures Failures { get; }

    public abstract IStreamHub Streams { get; }

    /// <summary>An own grain for each test, as an engine may be shared.</summary>
    public IContractGrain NewGrain(out string key)
    {
        key = Guid.NewGuid().ToString("N");
        return Grains.Locate<IContractGrain>(key);
    }

    public IContractGrain NewGrain() => NewGrain(out _);

    /// <summary>Writes a grain's state past its activation, as another activation of it would.</summary>
    public abstract Task OverwriteAsync(string key, ContractState state);

    /// <summary>
    /// Lets time pass until the task completes: by the clock's hand, or by waiting. Well beyond every time-out of the
    /// engine it gives up, and says what it waited for.
    /// </summary>
    public abstract Task UntilAsync(Task task, string awaited);

    /// <summary>Waits for what needs no time to pass.</summary>
    public async Task SoonAsync(Task task, string awaited)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited in vain for {awaited}.");
        }
    }
}
