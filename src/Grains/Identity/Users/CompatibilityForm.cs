using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Smcp.Identity.Users;

/// <summary>
/// Normalization form KC (Unicode Standard Annex 15). The runtime's own does nothing in a process without ICU
/// (InvariantGlobalization), and then a password would depend on the keyboard it was set with; so its tables, of
/// Unicode 14, come along.
/// </summary>
internal static class CompatibilityForm
{
    private const string Resource = "Smcp.Identity.Users.normalization.txt";

    // Hangul syllables are computed (Unicode Standard, section 3.12).
    private const int SyllableFirst = 0xAC00;
    private const int LeadFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int TrailFirst = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TrailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TrailCount;

    private static readonly Lazy<Tables> Data = new(ReadTables);

    public static string Of(string text) => Ascii.IsValid(text) ? text : Compose(Order(Decompose(text)));

    private static List<int> Decompose(string text)
    {
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var syllable = rune.Value - SyllableFirst;
            if (syllable is >= 0 and < SyllableCount)
            {
                points.Add(LeadFirst + (syllable / (VowelCount * TrailCount)));
                points.Add(VowelFirst + (syllable / TrailCount % VowelCount));
                if (syllable % TrailCount > 0)
                {
                    points.Add(TrailFirst + (syllable % TrailCount));
                }
            }
            else if (Data.Value.Decompositions.TryGetValue(rune.Value, out var pieces))
            {
                points.AddRange(pieces);
            }
            else
            {
                points.Add(rune.Value);
            }
        }

        return points;
    }

    /// <summary>Marks that follow each other stand in the order of their classes, equal ones as they are.</summary>
    private static List<int> Order(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var point = points[i];
            var rank = ClassOf(point);
            var at = i;
            while (rank > 0 && at > 0 && ClassOf(points[at - 1]) > rank)
            {
                points[at] = points[at - 1];
                at--;
            }

            points[at] = point;
        }

        return points;
    }

    private static string Compose(List<int> points)
    {
        var composed = new List<int>(points.Count);
        var starter = -1;
        var lastClass = 0;
        foreach (var point in points)
        {
            var rank = ClassOf(point);
            var isNext = starter >= 0 && starter == composed.Count - 1;
            if (starter >= 0 && (isNext || (lastClass < rank && lastClass != 0))
                && PairOf(composed[starter], point) is { } whole)
            {
                composed[starter] = whole;
                continue;
            }

            if (rank == 0)
            {
                starter = composed.Count;
            }

            lastClass = rank;
            composed.Add(point);
        }

        return string.Concat(composed.Select(char.ConvertFromUtf32));
    }

    private static int? PairOf(int first, int second)
    {
        var (lead, vowel) = (first - LeadFirst, second - VowelFirst);
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            return SyllableFirst + (((lead * VowelCount) + vowel) * TrailCount);
        }

        var (syllable, trail) = (first - SyllableFirst, second - TrailFirst);
        if (syllable is >= 0 and < SyllableCount && syllable % TrailCount == 0 && trail is > 0 and < TrailCount)
        {
            return first + trail;
        }

        return Data.Value.Pairs.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private static int ClassOf(int point) => Data.Value.Classes.GetValueOrDefault(point);

    private static Tables ReadTables()
    {
        using var stream = typeof(CompatibilityForm).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToLookup(fields => fields[0]);
        return new Tables(
            lines["D"].ToFrozenDictionary(fields => Hex(fields[1]), fields => fields.Skip(2).Select(Hex).ToArray()),
            lines["C"].ToFrozenDictionary(
                fields => Hex(fields[1]), fields => int.Parse(fields[2], CultureInfo.InvariantCulture)),
            lines["P"].ToFrozenDictionary(fields => (Hex(fields[2]), Hex(fields[3])), fields => Hex(fields[1])));
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>What each character comes apart into, the class of each mark, and what two make together.</summary>
    private sealed record Tables(
        FrozenDictionary<int, int[]> Decompositions,
        FrozenDictionary<int, int> Classes,
        FrozenDictionary<(int First, int Second), int> Pairs);
}
