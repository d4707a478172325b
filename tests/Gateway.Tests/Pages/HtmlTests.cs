namespace Smcp.Pages;

public sealed class HtmlTests
{
    [Fact]
    public void Text_IsEncoded_InContentAndAttributes()
    {
        const string evil = "\"><script>alert('x')</script>&";

        var html = Html.Of($"""<p title="{evil}">{evil}</p>""").ToString();

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("'x'", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("&lt;script&gt;").Length - 1);
        Assert.StartsWith("<p title=\"&quot;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Piece_IsNotEncodedAgain()
    {
        var inner = Html.Of($"<b>{"&"}</b>");

        Assert.Equal("<p><b>&amp;</b></p>", Html.Of($"<p>{inner}</p>").ToString());
        Assert.Equal("<b>&amp;</b><b>&amp;</b>", Html.Of($"{new[] { inner, inner }}").ToString());
    }
}
