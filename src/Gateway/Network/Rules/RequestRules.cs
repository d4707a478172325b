using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Smcp.Network.Rules;

/// <summary>
/// Holds requests against the rules. Hits are counted by the rule's name, and logged so many a minute; what was met
/// never is.
/// </summary>
internal sealed partial class RequestRules
{
    private readonly RequestRule[] _head;
    private readonly RequestRule[] _sizes;
    private readonly RequestRule[] _bodies;
    private readonly int _bodyBytesMax;
    private readonly LineBudget _lines;
    private readonly NetworkMeter _meter;
    private readonly ILogger<RequestRules> _logger;

    public RequestRules(
        IOptions<RequestRuleOptions> options,
        IOptions<NetworkOptions> network,
        NetworkMeter meter,
        TimeProvider time,
        ILogger<RequestRules> logger)
    {
        var rules = Compile(options.Value, new List<string>());
        _head = [.. rules.Where(r => r.Phase is not (RequestRulePhase.Body or RequestRulePhase.BodySize))];
        _sizes = [.. rules.Where(r => r.Phase == RequestRulePhase.BodySize)];
        _bodies = [.. rules.Where(r => r.Phase == RequestRulePhase.Body)];
        _bodyBytesMax = options.Value.BodyBytesMax;
        _lines = new LineBudget(time, network.Value.RefusalsLoggedPerMinute);
        _meter = meter;
        _logger = logger;
    }

    /// <summary>Every rule in its order; what is wrong with any goes to <paramref name="problems"/>.</summary>
    public static List<RequestRule> Compile(RequestRuleOptions options, ICollection<string> problems) =>
        [.. (options.UseShipped ? ShippedRules.All : []).Concat(options.Items.Take(options.RulesMax))
            .Select(entry => RequestRule.Compile(entry, options, problems))
            .OfType<RequestRule>()];

    /// <summary>Looks at everything but the body; a body's size as far as its length is said.</summary>
    public NetworkRefusal? Check(HttpContext context)
    {
        foreach (var rule in _head)
        {
            if (Meets(rule, context.Request) && Hit(rule, context) is { } refusal)
            {
                return refusal;
            }
        }

        return context.Request.ContentLength is { } length ? CheckSize(context, length) : null;
    }

    /// <summary>Looks at a body that was read whole, where its reader has it: nothing is read a second time.</summary>
    public NetworkRefusal? CheckBody(HttpContext context, ReadOnlySpan<byte> body)
    {
        // A length that was said has been looked at before.
        var refusal = context.Request.ContentLength is null ? CheckSize(context, body.Length) : null;
        if (refusal is not null || _bodies.Length == 0)
        {
            return refusal;
        }

        body = body[..Math.Min(body.Length, _bodyBytesMax)];
        var characters = ArrayPool<char>.Shared.Rent(body.Length);
        var text = characters.AsSpan(0, Encoding.UTF8.GetChars(body, characters));
        foreach (var rule in _bodies)
        {
            if (rule.Meets(text) && Hit(rule, context) is { } hit)
            {
                refusal = hit;
                break;
            }
        }

        text.Clear();
        ArrayPool<char>.Shared.Return(characters);
        return refusal;
    }

    private NetworkRefusal? CheckSize(HttpContext context, long bytes)
    {
        foreach (var rule in _sizes)
        {
            if (rule.Exceeds(bytes) && Hit(rule, context) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private NetworkRefusal? Hit(RequestRule rule, HttpContext context)
    {
        var action = rule.Blocks ? "block" : "report";
        var (hasLine, unsaid) = _lines.Spend(rule.Name);
        if (unsaid > 0)
        {
            RuleMetMore(rule.Name, unsaid);
        }

        if (hasLine)
        {
            RuleMet(rule.Name, context.TraceIdentifier, action);
        }

        _meter.Hit(rule.Name, action);
        return rule.Blocks ? rule.Refusal : null;
    }

    private static bool Meets(RequestRule rule, HttpRequest request) => rule.Phase switch
    {
        RequestRulePhase.Method => rule.Meets(request.Method),
        RequestRulePhase.Path => rule.Meets(request.Path.Value),
        RequestRulePhase.Header => rule.Field is { } name
            ? MeetsNamed(rule, request.Headers[name])
            : MeetsAny(rule, request.Headers),
        _ => MeetsQuery(rule, request),
    };

    private static bool MeetsQuery(RequestRule rule, HttpRequest request)
    {
        if (!request.QueryString.HasValue)
        {
            return rule.Condition == RequestRuleCondition.Absent;
        }

        return rule.Field is { } name ? MeetsNamed(rule, request.Query[name]) : MeetsAny(rule, request.Query);
    }

    private static bool MeetsNamed(RequestRule rule, in StringValues values) =>
        rule.Condition == RequestRuleCondition.Absent ? values.Count == 0 : MeetsValue(rule, values);

    private static bool MeetsAny(RequestRule rule, IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        foreach (var (_, values) in fields)
        {
            if (MeetsValue(rule, values))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MeetsValue(RequestRule rule, in StringValues values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (rule.Meets(values[i]))
            {
                return true;
            }
        }

        return false;
    }
}
