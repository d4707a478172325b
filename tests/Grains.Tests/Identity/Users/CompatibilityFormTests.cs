namespace Smcp.Identity.Users;

public sealed class CompatibilityFormTests
{
    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("\ufb01\uff11\u2460", "fi11")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("\ud55c", "\ud55c")]
    [InlineData("\uff76\uff9e", "\u30ac")]
    [InlineData("\ud835\udc00\u0323", "\u1ea0")]
    public void Text_HasOneForm_HoweverItWasTyped(string typed, string form)
    {
        Assert.Equal(form, CompatibilityForm.Of(form));
        Assert.Equal(form, CompatibilityForm.Of(typed));
    }
}
