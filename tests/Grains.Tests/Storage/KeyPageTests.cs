namespace Smcp.Storage;

public sealed class KeyPageTests
{
    private static readonly string[] Keys = ["a", "b", "c"];

    [Theory]
    [InlineData(null, 2, "a b", "b")]
    [InlineData("b", 2, "c", null)]
    [InlineData("a", 2, "b c", null)]
    [InlineData(null, 3, "a b c", null)]
    [InlineData("aa", 1, "b", "b")]
    [InlineData("c", 1, "", null)]
    [InlineData(null, 0, "a", "a")]
    [InlineData(null, -5, "a", "a")]
    public void Page_HasWhatComesAfter_AndWhereToGoOn(string? after, int countMax, string items, string? next)
    {
        var page = KeyPage.Of(Keys, key => key, after, countMax);

        Assert.Equal(items, string.Join(' ', page.Items));
        Assert.Equal(next, page.Next);
    }

    [Fact]
    public void Page_IsBounded_HoweverManyAreAskedFor()
    {
        var keys = Enumerable.Range(0, 1_000).Select(i => $"{i:D4}");

        var page = KeyPage.Of(keys, key => key, null, int.MaxValue);

        Assert.Equal(KeyPage.ItemsMax, page.Items.Count);
        Assert.Equal("0199", page.Next);
    }
}
