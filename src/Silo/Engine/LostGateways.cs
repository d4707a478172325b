using Microsoft.Extensions.Options;

namespace Smcp.Engine;

/// <summary>
/// The silos that a gateway is connected to. Orleans' client goes on waiting for answers that were lost with one until
/// their time-out; here it learns when to give them up.
/// </summary>
internal sealed partial class LostGateways(
    TimeProvider time, IOptions<CallOptions> options, ILogger<LostGateways> logger) : IDisposable
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
        if (change.NumberOfConnectedGateways < change.PreviousNumberOfConnectedGateways)
        {
            LogGatewayLost(change.NumberOfConnectedGateways);
            _ = GiveUpLaterAsync(
                Interlocked.Exchange(ref _giveUp, new CancellationTokenSource()), options.Value.LostAnswerGrace);
            _ = GiveUpLaterAsync(
                Interlocked.Exchange(ref _giveUpPrompt, new CancellationTokenSource()),
                options.Value.LostPromptAnswerGrace);
        }
    }

    public void Dispose()
    {
        _giveUp.Dispose();
        _giveUpPrompt.Dispose();
    }

    private async Task GiveUpLaterAsync(CancellationTokenSource calls, TimeSpan grace)
    {
        await Task.Delay(grace, time);
        await calls.CancelAsync();
        calls.Dispose();
    }
}
