using System.Text;
using System.Text.Json;

namespace Smcp.Protocol;

public sealed class ForeignJsonTests
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    [Theory]
    [InlineData("""{"a":"b"}""", "b")]
    [InlineData("""{"a":""}""", "")]
    [InlineData("""{"a":"\ud83d\ude00"}""", "😀")]
    [InlineData("""{"a":"😀\\ud800"}""", "😀\\ud800")]
    [InlineData("""{"\u0061":"\n\u0062\\"}""", "\nb\\")]
    [InlineData("""{"a":1}""", null)]
    [InlineData("""{"a":null}""", null)]
    [InlineData("""{"b":"a"}""", null)]
    public void Text_IsWhatTheMemberSays(string json, string? text)
    {
        using var document = Parse(json);

        Assert.NotNull(document);
        Assert.Equal(text, document.RootElement.Text("a"));
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":"\udc00"}""")]
    [InlineData("""{"a":"\ud800","b":"\udc00"}""")]
    [InlineData("""{"a":"\ud800\n"}""")]
    [InlineData("""{"a":"\udc00\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"\ud800":1,"\ud800":1}""")]
    [InlineData("""{"a":1,"\u0061":1}""")]
    [InlineData("""{"a":"\u12"}""")]
    [InlineData("""{"a":"\uzzzz"}""")]
    [InlineData("""{"a":"\u1""")]
    [InlineData("""{"a":"\""")]
    [InlineData("")]
    public void Document_IsNone_WhenAPartOfItIsNoText(string json) => Assert.Null(Parse(json));

    [Fact]
    public void Document_IsNone_WhenItsBytesAreNoUtf8() =>
        Assert.Null(ForeignJson.Parse(new byte[] { (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' }, Strict));

    [Fact]
    public void Text_IsNull_OfADocumentThatWasReadOtherwise()
    {
        using var surrogate = JsonDocument.Parse("""["\ud800"]""");
        using var bytes = JsonDocument.Parse(new byte[] { (byte)'"', 0xFF, (byte)'"' });

        Assert.Null(surrogate.RootElement[0].Text());
        Assert.Null(bytes.RootElement.Text());
    }

    private static JsonDocument? Parse(string json) => ForeignJson.Parse(Encoding.UTF8.GetBytes(json), Strict);
}
