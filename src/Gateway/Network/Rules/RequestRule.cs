using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Smcp.Network.Rules;

/// <summary>A rule that was checked and can be asked.</summary>
internal sealed partial class RequestRule
{
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(c => c != '\t').Append(0x7F).Select(c => (char)c)]);

    private readonly Regex? _pattern;
    private readonly FrozenSet<string> _values;
    private readonly long _length;

    private RequestRule(RequestRuleEntry entry, bool reportOnly, Regex? pattern)
    {
        Name = entry.Name;
        Phase = entry.Phase;
        Condition = entry.Condition;
        Field = entry.Field;
        Blocks = !reportOnly && entry.Action == RequestRuleAction.Block;
        Refusal = new NetworkRefusal(entry.Status, "rule", "A rule of this server refuses this request.");
        _pattern = pattern;
        _length = entry.Length;
        _values = entry.Values.ToFrozenSet(
            entry.Phase == RequestRulePhase.Method ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
    }

    public string Name { get; }

    public RequestRulePhase Phase { get; }

    public RequestRuleCondition Condition { get; }

    public string? Field { get; }

    public bool Blocks { get; }

    /// <summary>What a client is told: not by which rule, so that nobody learns them by trying.</summary>
    public NetworkRefusal Refusal { get; }

    /// <summary>
    /// Makes a rule; null when it cannot be one, and then each thing that is wrong with it is a sentence in
    /// <paramref name="problems"/>.
    /// </summary>
    public static RequestRule? Compile(
        RequestRuleEntry entry, RequestRuleOptions options, ICollection<string> problems)
    {
        var found = new List<string>();
        var pattern = entry.Condition == RequestRuleCondition.Matches ? PatternOf(entry, options, found) : null;
        if (!NameForm().IsMatch(entry.Name))
        {
            found.Add("its name must be 1 to 64 of a-z, 0-9, dot and dash");
        }

        if (!MayAsk(entry))
        {
            var without = entry.Field is null ? " without a Field" : string.Empty;
            found.Add($"{entry.Phase} cannot be asked {entry.Condition}{without}");
        }

        if (entry.Condition is RequestRuleCondition.In or RequestRuleCondition.NotIn && entry.Values.Count == 0)
        {
            found.Add("it names no Values");
        }

        if (entry.Condition == RequestRuleCondition.LongerThan && entry.Length < 1)
        {
            found.Add("its Length must be 1 or more");
        }

        if (entry.Status is < 400 or > 599)
        {
            found.Add("its Status must be from 400 to 599");
        }

        found.ForEach(problem => problems.Add($"The request rule '{entry.Name}' cannot be used: {problem}."));
        return found.Count == 0 ? new RequestRule(entry, options.ReportOnly, pattern) : null;
    }

    /// <summary>Whether a value meets the rule. A pattern that takes too long counts as met.</summary>
    public bool Meets(ReadOnlySpan<char> value)
    {
        try
        {
            return Condition switch
            {
                RequestRuleCondition.Matches => _pattern!.IsMatch(value),
                RequestRuleCondition.In => Lists(value),
                RequestRuleCondition.NotIn => !Lists(value),
                RequestRuleCondition.LongerThan => value.Length > _length,
                RequestRuleCondition.HasControl => value.ContainsAny(Controls),
                RequestRuleCondition.Present => true,
                _ => false,
            };
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    public bool Exceeds(long bytes) => bytes > _length;

    private bool Lists(ReadOnlySpan<char> value) =>
        _values.GetAlternateLookup<ReadOnlySpan<char>>().Contains(value);

    private static bool MayAsk(RequestRuleEntry entry) => (entry.Phase, entry.Condition) switch
    {
        (RequestRulePhase.Method, RequestRuleCondition.In or RequestRuleCondition.NotIn) => entry.Field is null,
        (RequestRulePhase.Method, _) => false,
        (RequestRulePhase.BodySize, var condition) => condition == RequestRuleCondition.LongerThan,
        (RequestRulePhase.Body, var condition) => condition == RequestRuleCondition.Matches,
        (RequestRulePhase.Path, RequestRuleCondition.Present or RequestRuleCondition.Absent) => false,
        (_, RequestRuleCondition.Present or RequestRuleCondition.Absent) => entry.Field is not null,
        _ => true,
    };

    /// <summary>NonBacktracking: its time is linear in the value, whatever the pattern and whoever sends it.</summary>
    private static Regex? PatternOf(RequestRuleEntry entry, RequestRuleOptions options, List<string> problems)
    {
        if (entry.Pattern is not { Length: > 0 } text || text.Length > options.PatternLengthMax)
        {
            problems.Add($"its Pattern must have 1 to {options.PatternLengthMax} characters");
            return null;
        }

        try
        {
            return new Regex(
                text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, options.MatchTimeout);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            problems.Add(exception.Message.TrimEnd('.'));
            return null;
        }
    }

    [GeneratedRegex("^[a-z0-9.-]{1,64}$")]
    private static partial Regex NameForm();
}
