using System.Text;

namespace Smcp.Runtimes.Jails.Output;

public sealed class ErrorTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("abc", "abc")]
    [InlineData("abcdefgh", "abcdefgh")]
    [InlineData("abcdefghij", "cdefghij")]
    public async Task Text_IsTheLastOfIt(string written, string kept)
    {
        var text = new ErrorText(8);

        await text.TakeAsync(new MemoryStream(Encoding.UTF8.GetBytes(written)));

        Assert.Equal(kept, Encoding.UTF8.GetString(text.Read()));
    }

    [Fact]
    public async Task Text_IsNotKept_WhereNoneMayBe()
    {
        var text = new ErrorText(0);

        await text.TakeAsync(new MemoryStream(new byte[100]));

        Assert.Empty(text.Read());
    }
}
