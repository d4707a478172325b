using System.Globalization;

namespace Smcp.Tenancy;

/// <summary>Ids as somebody would choose them who wants another's: fixed ones, and many more by a seed.</summary>
internal static class HostileIds
{
    /// <summary>What runs repeat unless <c>SMCP_SEED</c> says otherwise.</summary>
    public const int Seed = 20261121;

    private static readonly string[] Pieces =
    [
        "a", "b", "z", "0", "9", "-", "_", ".", "..", "/", "//", "\\", ":", ";", "|", "@", "~", "#", "?", "&", "=",
        "+", "%", "%2f", "%2F", "%252f", "%2e%2e", "%00", " ", "\t", "\n", "\r\n", "\0", "\u0001", "\u007f", "\u0085",
        "A", "Z", "é", "e\u0301", "ａ", "а", "ı", "İ", "ß", "ſ", "K", "／", "∕", "⁄", "․", "‥", "\u200b", "\u200d",
        "\u202e", "\u2060", "\ufeff", "\u2028", "\ud83d\ude00", "default", "platform", "acme", "shared", "principal",
        "session", "tenant", "requests", "anonymous", "key", "user", "audit", "directory", "users", "usage",
    ];

    /// <summary>Each has a reason: it escapes, looks like another, is nothing, too much, or a word of ours.</summary>
    public static IReadOnlyList<string> Fixed { get; } =
    [
        "", " ", "a", "A", "a ", " a", "a-b", "-a", "a-", "a--b", "a_b", "a.b", ".", "..", "...", "/", "a/b", "/a",
        "a/", "a//b", "../a", "a/../b", "a%2fb", "a%2Fb", "a%252fb", "a%00", "a\0", "a\0b", "a\nb", "a\r\nb", "a\tb",
        "a\u0001b", "a\u0085b", "a\u200bb", "a\ufeff", "a\u202eb", "a|b", "a:b", "a\\b", "a∕b", "a／b", "a\u2028b",
        "é", "e\u0301", "ａcme", "аcme", "acme", "ACME", "Acme", "acme\u0301", "ıd", "id", "İD", "K", "k", "ß", "ss",
        "ſ", "s", "default", "platform", "Platform", "plаtform", "shared", "anonymous", "principal", "session",
        "requests", "tenant/acme", "acme/users", "key:abc", "user:abc", "a\ud83d\ude00", new('a', 63), new('a', 64),
        new('a', 65), new('a', 128), new('a', 129), new('a', 513), new('/', 64), "0", "00", "-0", "+0", "0x0", "NaN",
        "null", "undefined", "true", "con", "nul", "__proto__", "$a", "~", "~root", "a'b", "a\"b", "a;b", "a--",
        "' or 1=1 --", "<a>", "{a}", "[a]",
    ];

    /// <summary>The fixed ones, then so many made of a few pieces each.</summary>
    public static IEnumerable<string> Take(Random random, int count) =>
        Fixed.Concat(Enumerable.Range(0, count).Select(_ => Next(random)));

    /// <summary>One id of a few pieces.</summary>
    public static string Next(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    /// <summary>The seed of this run.</summary>
    public static int SeedOfRun() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("SMCP_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture,
            out var seed)
            ? seed
            : Seed;
}
