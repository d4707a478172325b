using System.Text.Json.Nodes;
using Smcp.EndToEnd.Crash;

namespace Smcp.Testing;

/// <summary>
/// A session that outlives faults: it sends one request after another, each to whichever gateway the balancer names.
/// </summary>
internal abstract class FaultClient(string name, string server, FaultBalancer balancer, RequestLog log, string key)
    : IDisposable
{
    private static readonly TimeSpan RequestPatience = TimeSpan.FromSeconds(60);

    public string Name => name;

    /// <summary>The wait between two requests.</summary>
    protected abstract TimeSpan Pause { get; }

    protected McpWire Wire { get; } = new(key);

    protected RequestLog Log => log;

    protected Uri Endpoint => balancer.Endpoint(server);

    public async Task OpenAsync(CancellationToken cancellationToken) =>
        await Wire.OpenAsync(Endpoint, cancellationToken);

    /// <summary>Works until it is told to stop.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        using var pause = new PeriodicTimer(Pause, TimeProvider.System);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await WorkOnceAsync(stop);
                await pause.WaitForNextTickAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It is over.
        }
    }

    public void Dispose() => Wire.Dispose();

    protected abstract Task WorkOnceAsync(CancellationToken stop);

    /// <summary>One exchange: null when it went well, else what went wrong; noted either way.</summary>
    protected async Task<string?> ExchangeAsync(Func<CancellationToken, Task<string?>> exchange)
    {
        var begunAt = TimeProvider.System.GetTimestamp();
        using var late = new CancellationTokenSource(RequestPatience, TimeProvider.System);
        string? problem;
        try
        {
            problem = await exchange(late.Token);
        }
        catch (RefusedException refused)
        {
            log.NoteBroken($"{name} was refused: {refused.Message}");
            problem = refused.Message;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            problem = "no answer";
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or InvalidOperationException)
        {
            problem = exception.Message;
        }

        log.Note(name, begunAt, problem);
        return problem;
    }

    /// <summary>What a complete answer says went wrong; null for a result.</summary>
    protected static string? ProblemOf(JsonNode answer) =>
        answer["error"]?.ToJsonString()
        ?? (answer["result"]?["isError"]?.GetValue<bool>() == true ? answer["result"]!.ToJsonString() : null);
}
