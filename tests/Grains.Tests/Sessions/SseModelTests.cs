namespace Smcp.Sessions;

public sealed class SseModelTests
{
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Streams_LoseRepeatAndReorderNothing_WhateverDies(int seed)
    {
        await using var host = await SessionHost.OpenAsync(options =>
        {
            options.PageEventsMax = 3;
            options.TailEventsMax = 4;
            options.ListeningStreamsMax = 16;
        });

        await new SseModel(host, seed).RunAsync(steps: 120);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];
}
