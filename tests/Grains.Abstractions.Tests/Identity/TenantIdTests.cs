using System.Text.Json;
using Smcp.Identity;
using Smcp.Wire;

namespace Smcp.Tests.Identity;

public sealed class TenantIdTests
{
    [Theory]
    [InlineData("default")]
    [InlineData("a")]
    [InlineData("0-9")]
    public void TryParse_Accepts_WhenLabel(string text) =>
        Assert.Equal(text, TenantId.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("A")]
    [InlineData("a/b")]
    [InlineData("a_b")]
    [InlineData("..")]
    [InlineData("é")]
    [InlineData("a\n")]
    [InlineData("a%2fb")]
    public void TryParse_Rejects_WhenNotALabel(string? text) =>
        Assert.False(TenantId.TryParse(text, null, out _));

    [Fact]
    public void TryParse_Rejects_WhenLongerThan63() =>
        Assert.False(TenantId.TryParse(new string('a', 64), null, out _));

    [Fact]
    public void Json_RoundTrips_AsItsText()
    {
        var json = JsonSerializer.Serialize(TenantId.Parse("acme"), WireJson.Options);

        Assert.Equal("\"acme\"", json);
        Assert.Equal(TenantId.Parse("acme"), JsonSerializer.Deserialize<TenantId>(json, WireJson.Options));
    }

    [Fact]
    public void Json_Throws_WhenTheTextIsNoTenant() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TenantId>("\"a/b\"", WireJson.Options));
}
