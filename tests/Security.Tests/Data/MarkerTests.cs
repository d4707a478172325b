using System.Text;

namespace Smcp.Data;

/// <summary>The search finds what is there, whatever it is written as, or the canary proves nothing.</summary>
public sealed class MarkerTests
{
    private const string Text = "canary-7d1f63e8-that-nobody-may-read";

    [Theory]
    [InlineData("raw")]
    [InlineData("utf16")]
    [InlineData("hex")]
    [InlineData("HEX")]
    [InlineData("base64")]
    [InlineData("base64url")]
    public void Marker_IsFound_WhateverItIsWrittenAs(string how)
    {
        var marker = new Marker("planted", Text);
        for (var before = 0; before < 4; before++)
        {
            var context = new string('~', before) + Text + "?>";
            var bytes = Encoding.UTF8.GetBytes(context);
            var place = how switch
            {
                "raw" => bytes,
                "utf16" => Encoding.Unicode.GetBytes(context),
                "hex" => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)),
                "HEX" => Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)),
                "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)),
                _ => Encoding.ASCII.GetBytes(System.Buffers.Text.Base64Url.EncodeToString(bytes)),
            };

            Assert.NotEmpty(marker.FormsIn(place));
        }
    }

    [Fact]
    public void Marker_IsNotFound_WhereItIsNot() =>
        Assert.Empty(new Marker("planted", Text).FormsIn(Encoding.UTF8.GetBytes(Text.Replace('7', '8'))));
}
