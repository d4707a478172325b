using System.Text;

namespace Smcp.Runtimes.Jails.Output;

public sealed class OutputLinesTests
{
    private const string Secret = "s3cr\"t/ value";

    private readonly List<string> _lines = [];

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("one\ntwo", new[] { "one", "two" })]
    [InlineData("one\r\n\nthree\n", new[] { "one", "", "three" })]
    [InlineData("\u001b[31mred\u001b[0m", new[] { " [31mred [0m" })]
    [InlineData("a\u202eb\u2066c\u200bd\ufeffe\u2028f\u0085g", new[] { "a b c d e f g" })]
    [InlineData("a\tb caf\u00e9 \ud83d\ude00", new[] { "a\tb caf\u00e9 \ud83d\ude00" })]
    public async Task Lines_AreThoseOfTheStream(string written, string[] lines)
    {
        await LinesOf([]).TakeAsync(new MemoryStream(Encoding.UTF8.GetBytes(written)));

        Assert.Equal(lines, _lines);
    }

    [Fact]
    public void Secret_IsMasked_HoweverItIsWritten()
    {
        var lines = LinesOf([Secret, "-----KEY-----\nabcdefgh\nijklmnop\n"]);
        string[] spellings =
        [
            Secret, "s3cr\\u0022t/ value", Uri.EscapeDataString(Secret),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), "abcdefgh", "ijklmnop",
        ];

        foreach (var spelling in spellings)
        {
            lines.Take($"it is {spelling}, or\n");
        }

        Assert.All(_lines, line => Assert.Equal("it is [secret], or", line));
        Assert.Equal(spellings.Length, _lines.Count);
    }

    [Fact]
    public void Secret_IsMasked_WhenItComesInPieces()
    {
        var lines = LinesOf([Secret]);

        foreach (var character in $"a {Secret} b\n")
        {
            lines.Take([character]);
        }

        Assert.Equal(["a [secret] b"], _lines);
    }

    [Fact]
    public void Secret_IsMasked_WhenTheLineIsCutInTheMiddleOfIt()
    {
        for (var before = 4_080; before <= 4_100; before++)
        {
            LinesOf([Secret]).Take(new string('x', before) + Secret + new string('y', 100_000) + "\n");
        }

        Assert.All(_lines, line => Assert.DoesNotContain("s3cr", line));
        Assert.All(_lines, line => Assert.InRange(line.Length, 4_080, 4_097));
    }

    [Fact]
    public void Text_IsNotMasked_WhenItIsTooShortForASecret()
    {
        var lines = LinesOf(["e", string.Empty]);

        lines.Take("here\n");

        Assert.Equal(["here"], _lines);
    }

    private OutputLines LinesOf(string[] secrets) => new(SecretMask.Of(secrets), _lines.Add);
}
