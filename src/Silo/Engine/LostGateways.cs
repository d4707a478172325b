using Microsoft.Extensions.Options;

namespace Smcp.Engine;

/// <summary>
/// The silos that a gateway is connected to. Orleans' client goes on waiting for answers that were lost with one until
/// their time-out; here it learns when to give them up. One that left in good order lost none.
/// </summary>
internal sealed partial class LostGateways(
    TimeProvider time,
    IOptions<CallOptions> options,
    IHostApplicationLifetime host,
    ILogger<LostGateways> logger,
    IDepartedSilos? departed = null) : IDisposable
{
    private CancellationTokenSource _giveUp = new();
    private CancellationTokenSource _giveUpPrompt = new();
    private volatile int _connected;

    /// <summary>How many silos the gateway is connected to.</summary>
    public int Connected => _connected;

    /// <summary>Cancelled some time after a silo was lost, for the calls that were on their way then.</summary>
    /// <param name="isPrompt">For those that are answered at once.</param>
    public CancellationToken GiveUp(bool isPrompt) =>
        (isPrompt ? Volatile.Read(ref _giveUpPrompt) : Volatile.Read(ref _giveUp)).Token;

    public void Changed(GatewayCountChangedEventArgs change)
    {
        _connected = change.NumberOfConnectedGateways;
        if (change.NumberOfConnectedGateways < change.PreviousNumberOfConnectedGateways
            && !host.ApplicationStopping.IsCancellationRequested)
        {
            var prompt = Interlocked.Exchange(ref _giveUpPrompt, new CancellationTokenSource());
            var others = Interlocked.Exchange(ref _giveUp, new CancellationTokenSource());
            _ = GiveUpLaterAsync(prompt, others, change.NumberOfConnectedGateways);
        }
    }

    public void Dispose()
    {
        _giveUp.Dispose();
        _giveUpPrompt.Dispose();
    }

    private async Task GiveUpLaterAsync(CancellationTokenSource prompt, CancellationTokenSource others, int connected)
    {
        await Task.Delay(options.Value.LostPromptAnswerGrace, time);
        if (departed is not null && await departed.TakeOneAsync())
        {
            // Their answers come, unless another is lost.
            LogGatewayLeft(connected);
            CancelWith(prompt, GiveUp(isPrompt: true));
            CancelWith(others, GiveUp(isPrompt: false));
            return;
        }

        LogGatewayLost(connected);
        await prompt.CancelAsync();
        var rest = options.Value.LostAnswerGrace - options.Value.LostPromptAnswerGrace;
        await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time);
        await others.CancelAsync();
    }

    private static void CancelWith(CancellationTokenSource calls, CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static calls => ((CancellationTokenSource)calls!).Cancel(), calls);
}
