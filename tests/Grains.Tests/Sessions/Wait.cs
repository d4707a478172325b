namespace Smcp.Sessions;

/// <summary>Waits for what another turn does, where nothing can be armed for it.</summary>
internal static class Wait
{
    public static async Task UntilAsync(Func<bool> condition, string awaited)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException($"Awaited in vain: {awaited}.");
            }

            await Task.Yield();
        }
    }
}
