namespace Smcp.Protocol;

public sealed class ClientTextTests
{
    [Fact]
    public void Text_IsRepeatedWhole_UpToTheLimit()
    {
        var text = new string('a', ClientText.CharsMax);

        Assert.Equal(text, ClientText.Clip(text));
    }

    [Fact]
    public void Text_IsCutNotWithinACharacter_WhenItIsLonger()
    {
        var text = new string('a', ClientText.CharsMax - 1) + "\U0001F600" + new string('b', 1_000_000);

        Assert.Equal(new string('a', ClientText.CharsMax - 1) + "…", ClientText.Clip(text));
    }
}
