namespace Smcp.Runtimes.OpenApi.Reading;

public sealed class ApiPathTests
{
    [Theory]
    [InlineData("/pets/1", true)]
    [InlineData("/pets/a%2Fb", true)]
    [InlineData("/pets/..a", true)]
    [InlineData("/pets/...", true)]
    [InlineData("/pets/100%25", true)]
    [InlineData("/pets/..", false)]
    [InlineData("/pets/.", false)]
    [InlineData("/pets/%2e%2E/x", false)]
    [InlineData("/pets/a%2F..%2Fb", false)]
    [InlineData("/pets/..%5Cadmin", false)]
    [InlineData("/pets/%252e%252e/x", false)]
    [InlineData("/pets/%25252525252e", false)]
    [InlineData("/pets/..;a=1/x", false)]
    [InlineData("/pets/..%20/x", false)]
    [InlineData("/pets/a%00b", false)]
    [InlineData("/pets/a%0d%0ab", false)]
    public void Path_IsSound_WhereNoServerReadsItAsLeadingElsewhere(string path, bool isSound) =>
        Assert.Equal(isSound, ApiPath.IsSound(path));
}
