using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Storage;

namespace Smcp.Identity.Replays;

/// <summary>What one caller's keys stand for. It forgets them when their time is over.</summary>
internal partial class ReplayGrain : IReplayGrain, IGrainLifecycle, IRemindable
{
    private const string Prune = "prune";
    private const int Slack = 64;

    private static readonly McpFault Other = new(
        FaultReason.InvalidParams, "The idempotency key was used for another request.");

    private static readonly McpFault InWork = new(
        FaultReason.Conflict, "The request with this idempotency key is in work, or its outcome is unknown.");

    private static readonly McpFault TooMany = new(
        FaultReason.LimitExceeded, "The caller has too many idempotency keys in use.");

    private readonly IActivationContext _activation;
    private readonly ReplayOptions _options;
    private readonly ILogger _logger;
    private readonly LogMap<ReplayEntry> _map;
    private bool _isReminded;

    public ReplayGrain(IActivationContext activation, IOptions<ReplayOptions> options, ILogger<ReplayGrain> logger)
    {
        _activation = activation;
        _options = options.Value;
        _logger = logger;
        _map = new LogMap<ReplayEntry>(activation.Logs, $"replays/{ReplayKey.Parse(activation.Key)}", OnWriteFailed);
    }

    public Task OnActivateAsync(CancellationToken cancellationToken) => _map.LoadAsync(cancellationToken);

    public Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask<ReplayOutcome> BeginAsync(string key, string digest, CancellationToken cancellationToken)
    {
        await PruneAsync();
        if (_map.Entries.TryGetValue(key, out var known))
        {
            return known.Digest != digest ? new ReplayOutcome { Fault = Other }
                : known.Answer is null ? new ReplayOutcome { Fault = InWork }
                : new ReplayOutcome { Answer = known.Answer };
        }

        if (_map.Entries.Count >= _options.KeysMax)
        {
            return new ReplayOutcome { Fault = TooMany };
        }

        if (!_isReminded)
        {
            _isReminded = true;
            await _activation.SetReminderAsync(Prune, _options.Lifetime, _options.Lifetime);
        }

        await _map.PutAsync(new ReplayEntry { Key = key, Digest = digest, At = _activation.Time.GetUtcNow() });
        return new ReplayOutcome();
    }

    public async ValueTask EndAsync(string key, ReplayAnswer? answer, CancellationToken cancellationToken)
    {
        if (_map.Entries.TryGetValue(key, out var known))
        {
            await _map.PutAsync(known with { Answer = answer, IsRemoved = answer is null });
        }
    }

    public async Task OnReminderAsync(string name, CancellationToken cancellationToken)
    {
        _isReminded = true;
        await PruneAsync();
        if (_map.Entries.Count == 0)
        {
            _isReminded = false;
            await _activation.RemoveReminderAsync(Prune);
        }
    }

    private async ValueTask PruneAsync()
    {
        var end = _activation.Time.GetUtcNow() - _options.Lifetime;
        foreach (var old in _map.Entries.Values.Where(entry => entry.At <= end).ToList())
        {
            await _map.PutAsync(old with { IsRemoved = true, Answer = null });
        }

        if (_map.Records > (4L * _map.Entries.Count) + Slack)
        {
            await _map.RewriteAsync();
        }
    }

    private void OnWriteFailed(Exception exception)
    {
        LogWriteFailed(_logger, exception);
        _activation.Deactivate();
    }
}
