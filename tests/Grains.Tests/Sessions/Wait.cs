namespace Smcp.Sessions;

/// <summary>Waits for what another turn does, where nothing can be armed for it.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Lets time pass, step by step, until it comes: where the act before may end only after the first step was taken.
    /// </summary>
    public static async Task UntilAsync(Func<bool> condition, string awaited, Action step)
    {
        for (var steps = 0; steps < Patience / Beat; steps++)
        {
            step();
            if (await ComesAsync(condition, Beat))
            {
                return;
            }
        }

        throw new TimeoutException($"Awaited in vain: {awaited}.");
    }

    public static async Task UntilAsync(Func<bool> condition, string awaited)
    {
        if (!await ComesAsync(condition, Patience))
        {
            throw new TimeoutException($"Awaited in vain: {awaited}.");
        }
    }

    private static async Task<bool> ComesAsync(Func<bool> condition, TimeSpan patience)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > patience)
            {
                return false;
            }

            await Task.Yield();
        }

        return true;
    }
}
