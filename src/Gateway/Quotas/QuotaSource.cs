using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;

namespace Smcp.Quotas;

/// <summary>
/// Asks the grain of a quota for tokens and places, and does without it where it cannot be reached: a gateway then goes
/// by its own share of the limit, by the number of gateways that it last heard of. So a lost grain opens no limit and
/// closes none.
/// </summary>
internal sealed partial class QuotaSource(
    IGrainLocator grains,
    IEngineFailures failures,
    TimeProvider time,
    IOptions<GatewayOptions> gateway,
    IOptions<LimitOptions> options,
    ILogger<QuotaSource> logger)
{
    public TimeProvider Time => time;

    public LimitOptions Options => options.Value;

    public string Holder { get; } = gateway.Value.Id;

    /// <summary>The lease, or null where the grain did not answer.</summary>
    public ValueTask<TokenLease?> LeaseAsync(string key, TokenRequest request) =>
        AskAsync(key, request, static (grain, asked) => grain.LeaseAsync(asked, default));

    /// <summary>The places, or null where the grain did not answer.</summary>
    public ValueTask<SlotGrant?> HoldAsync(string key, SlotRequest request) =>
        AskAsync(key, request, static (grain, asked) => grain.HoldAsync(asked, default));

    private async ValueTask<TAnswer?> AskAsync<TRequest, TAnswer>(
        string key, TRequest request, Func<IQuotaGrain, TRequest, ValueTask<TAnswer>> ask)
        where TAnswer : class
    {
        try
        {
            var asking = ask(grains.Locate<IQuotaGrain>(key), request);
            return asking.IsCompletedSuccessfully
                ? asking.Result
                : await asking.AsTask().WaitAsync(options.Value.LeaseTimeout, time);
        }
        catch (Exception exception) when (
            exception is TimeoutException || failures.Classify(exception) != EngineFailure.None)
        {
            OwnShare(key, exception);
            return null;
        }
    }
}
