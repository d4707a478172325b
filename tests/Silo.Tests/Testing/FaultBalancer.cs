using System.Diagnostics;

namespace Smcp.Testing;

/// <summary>
/// What stands before gateways, without sticky routing: asks each whether it is ready, and sends every request to any
/// that is.
/// </summary>
internal sealed class FaultBalancer : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly IReadOnlyList<FaultNode> _gateways;
    private readonly Task _asking;
    private volatile Uri[] _ready;
    private int _turn;

    public FaultBalancer(IReadOnlyList<FaultNode> gateways)
    {
        _gateways = gateways;
        _ready = [.. gateways.Select(gateway => gateway.Program.Url)];
        _asking = AskAsync();
    }

    /// <summary>A server's endpoint at a gateway that is ready, else at any.</summary>
    public Uri Endpoint(string server)
    {
        var ready = _ready;
        Debug.Assert(ready.Length > 0);
        var gateway = ready[(Interlocked.Increment(ref _turn) & int.MaxValue) % ready.Length];
        return new Uri(gateway, $"/t/default/s/{server}/mcp");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _asking;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task AskAsync()
    {
        using var timer = new PeriodicTimer(Period, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                var urls = _gateways.Select(UrlOf).OfType<Uri>().ToList();
                var answers = await Task.WhenAll(urls.Select(IsReadyAsync));
                Uri[] ready = [.. urls.Zip(answers).Where(asked => asked.Second).Select(asked => asked.First)];
                _ready = ready.Length > 0 ? ready : _ready;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // It is over.
        }
    }

    /// <summary>Null while the gateway is being started again.</summary>
    private static Uri? UrlOf(FaultNode gateway)
    {
        try
        {
            return gateway.Program.Url;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<bool> IsReadyAsync(Uri gateway)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(gateway, "/health/ready"), _stop.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
