using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Identity.Replays;

namespace Smcp.Admin;

/// <summary>
/// Requests with an <c>Idempotency-Key</c> are done once: sent again they are answered as before, without what may be
/// said once only.
/// </summary>
internal sealed class AdminReplays(AdminWriter writer, IOptions<AdminOptions> options)
{
    private const string Header = "Idempotency-Key";
    private const int LengthMax = 255;

    /// <summary>The key of the request; null for none. A problem, where it cannot be one.</summary>
    public static (string? Key, AdminProblem? Problem) KeyOf(HttpRequest request)
    {
        var header = request.Headers[Header];
        if (header.Count == 0 || !HttpMethods.IsPost(request.Method))
        {
            return (null, null);
        }

        var key = header.ToString();
        return header.Count == 1
            && key.Length is > 0 and <= LengthMax
            && !key.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? (key, null)
            : (null, new AdminProblem(
                StatusCodes.Status400BadRequest,
                "invalid",
                $"An idempotency key is 1 to {LengthMax} visible characters."));
    }

    public static ValueTask<ReplayOutcome> BeginAsync(AdminExchange exchange, string key, byte[] body) =>
        GrainOf(exchange).BeginAsync(key, DigestOf(exchange.Http.Request, body), CancellationToken.None);

    /// <summary>
    /// Keeps the answer. What was refused for a cause that passes may be asked for again; what failed midway keeps the
    /// key, as nobody knows what came of it.
    /// </summary>
    public async ValueTask EndAsync(AdminExchange exchange, string key, AdminAnswer answer, AdminProblem? problem)
    {
        if (problem is null)
        {
            var kept = writer.Keep(answer, options.Value.ReplayBytesMax);
            await GrainOf(exchange).EndAsync(key, kept, CancellationToken.None);
        }
        else if (problem.Status is < 500 or StatusCodes.Status503ServiceUnavailable)
        {
            await GrainOf(exchange).EndAsync(key, null, CancellationToken.None);
        }
    }

    private static IReplayGrain GrainOf(AdminExchange exchange) => exchange.Grains.Locate<IReplayGrain>(
        new ReplayKey(exchange.Context.Tenant, exchange.Context.Principal).ToString());

    private static string DigestOf(HttpRequest request, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
